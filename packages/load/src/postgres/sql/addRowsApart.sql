-- One stored and one staged row, requested at different times: mergeIdentity knows what to do.
INSERT INTO twin_identity
SELECT category_id, file_path, output_type FROM day_difference WHERE fate = 'apart'
