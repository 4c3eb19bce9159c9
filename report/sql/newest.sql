-- The newest moment the data tell of.
select max("at") as newest from core.interactions
