CREATE INDEX customer_phone ON customer (phone_key) WHERE phone_key IS NOT NULL;
