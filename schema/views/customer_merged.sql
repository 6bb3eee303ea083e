CREATE INDEX customer_merged ON customer (merged_into) WHERE merged_into IS NOT NULL;
