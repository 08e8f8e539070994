COPY pg_temp.merged_twin FROM STDIN
