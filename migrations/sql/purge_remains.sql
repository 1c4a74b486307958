-- What a purge must not leave, and what is published no more.

GRANT DELETE ON letter, incident, granted_row TO guichet_worker;
