CREATE INDEX customer_ref ON customer (ref_key) WHERE ref_key IS NOT NULL;
