-- Functions that the view asked_select uses and that may do more than to compute: what reads files, changes settings or runs
-- statements given as text is volatile, all of it. The rest of this list does no harm.
SELECT DISTINCT proc.proname AS "name"
FROM pg_rewrite AS rule
CROSS JOIN regexp_matches(rule.ev_action::text, ':(?:funcid|opfuncid|aggfnoid|winfnoid) (\d+)', 'g') AS used (ids)
JOIN pg_proc AS proc ON proc.oid = used.ids[1]::oid
WHERE rule.ev_class = 'pg_temp.asked_select'::regclass
  AND proc.provolatile = 'v'
  AND NOT (
    proc.pronamespace = 'pg_catalog'::regnamespace
    AND proc.proname IN ('clock_timestamp', 'gen_random_uuid', 'pg_sleep', 'random', 'timeofday', 'uuidv4', 'uuidv7')
  )
ORDER BY 1
