-- The first to set it wins.
INSERT INTO archive_setting (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING
