-- 0 statements
;
