SELECT name, value FROM archive_setting
