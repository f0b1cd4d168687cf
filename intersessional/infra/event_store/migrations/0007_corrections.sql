-- The corrections of the record are few, and what was corrected is read in another way.

CREATE INDEX stored_events_correction_idx ON stored_events (notification_id)
 WHERE topic LIKE '%.fact\_corrected.v1';
