SELECT substr(name, length('api_') + 1) AS name, value FROM archive_setting WHERE starts_with(name, 'api_') ORDER BY name
