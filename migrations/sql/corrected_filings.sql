-- A filing entered with a wrong day is dated anew by an act: lists show and sort by the right one. Nothing else moves it.
GRANT UPDATE (filed_at) ON dossier TO guichet_app;
GRANT UPDATE (filed_at) ON queue_row TO guichet_app;
