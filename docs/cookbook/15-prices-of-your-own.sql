-- What did each format cost, by a price list of your own?
-- A short list of your own stands in the question, as VALUES (these prices are made up). A long one is joined elsewhere: export what you need as
-- Parquet, and join it in DuckDB (`FROM 'encodings.parquet' JOIN 'mine.csv' USING (category_id)`), in a notebook or in a BI tool. A SELECT of
-- `vodstation-etl export` reads the archive and no other file.
WITH price (output_type, won_per_output) AS (
  VALUES ('AVC_FHD_1Pass_30fps', 90), ('AVC_HD_1Pass_30fps', 60), ('AVC_SD_1Pass_30fps_1', 30)
)
SELECT
  output_type,
  sum(complete)::bigint AS outputs,
  won_per_output,
  (sum(complete) * won_per_output)::bigint AS won
FROM output_type_outcome
LEFT JOIN price USING (output_type)
WHERE work_date > (SELECT max(work_date) - 28 FROM extraction_day)
GROUP BY output_type, won_per_output
ORDER BY won DESC NULLS LAST, outputs DESC
