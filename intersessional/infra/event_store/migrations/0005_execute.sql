-- What has the owner's rights may be executed by the application alone.

REVOKE ALL ON FUNCTION present_epoch() FROM PUBLIC;
REVOKE ALL ON FUNCTION disown_epoch(text, bigint, bytea) FROM PUBLIC;
REVOKE ALL ON FUNCTION begin_epoch_first() FROM PUBLIC;
