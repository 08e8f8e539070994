COPY pg_temp.staged_reject (fingerprint, reason, payload) FROM STDIN
