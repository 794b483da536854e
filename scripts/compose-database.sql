-- The portal's role and database in docker-compose.yml: the image of PostgreSQL runs this when its volume is new. The role may sign in
-- and own its database, and nothing else. Who administers has no password, and comes in from within the container alone.
\getenv password POSTGRES_PASSWORD
create role portal login nosuperuser nocreatedb nocreaterole noreplication nobypassrls password :'password';
create database portal owner portal;
alter role postgres password null;
