SELECT
  staged.category_id AS "categoryId", staged.file_path AS "filePath", staged.output_type AS "outputType",
  staged.category_name AS "categoryName", staged.status, staged.link, staged.percent,
  staged.output_total_size AS "outputTotalSize", staged.last_work_time AS "lastWorkTime",
  staged.requested_from AS "requestedFrom", staged.requested_before AS "requestedBefore", staged.anomalies, staged.raw
FROM staged_encoding AS staged
JOIN twin_identity USING (category_id, file_path, output_type)
