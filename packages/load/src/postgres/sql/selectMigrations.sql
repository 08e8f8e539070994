SELECT name FROM archive_migration ORDER BY id
