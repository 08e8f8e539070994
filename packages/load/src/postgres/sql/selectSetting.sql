SELECT value FROM archive_setting WHERE name = $1
