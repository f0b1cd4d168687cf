-- The application appends by append_events alone, and knows which scripts are applied.

-- A node that entered append_batch before the script above had replaced it still needs the rights:
-- it holds this lock, or waits for it in front of this script.
LOCK TABLE stored_events IN EXCLUSIVE MODE;
REVOKE INSERT ON stored_events, commands, question_positions, text_access, openings
    FROM intersessional_app;
REVOKE UPDATE ON head FROM intersessional_app;
GRANT SELECT ON applied_scripts TO intersessional_app;
