-- ridge, for SQLite 3.35 or later, built with its mathematical functions.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    CAST(NULLIF(t."X_0", '') AS REAL) AS f0,
    CAST(NULLIF(t."X_1", '') AS REAL) AS f1,
    CAST(NULLIF(t."X_2", '') AS REAL) AS f2,
    CAST(NULLIF(t."X_3", '') AS REAL) AS f3
  FROM "sales"."customers" AS t
  LIMIT -1 OFFSET 0
)
SELECT
  k0 AS "customer_id",
  (2.003445863723755 + (CASE WHEN ABS(f0) <= (1.0/(1<<62)/(1<<62)/(1<<26)) THEN 0.0 WHEN ABS(f0) <= (4503599627370496.0*(1<<62)*(1<<14)) THEN ((f0 * 536870913.0) - ((f0 * 536870913.0) - f0)) ELSE f0 END * 3.2413153648376465) + (CASE WHEN ABS(f1) <= (1.0/(1<<62)/(1<<62)/(1<<26)) THEN 0.0 WHEN ABS(f1) <= (4503599627370496.0*(1<<62)*(1<<14)) THEN ((f1 * 536870913.0) - ((f1 * 536870913.0) - f1)) ELSE f1 END * (-0.09063278138637543)) + (CASE WHEN ABS(f2) <= (1.0/(1<<62)/(1<<62)/(1<<26)) THEN 0.0 WHEN ABS(f2) <= (4503599627370496.0*(1<<62)*(1<<14)) THEN ((f2 * 536870913.0) - ((f2 * 536870913.0) - f2)) ELSE f2 END * 1.4348907470703125) + (CASE WHEN ABS(f3) <= (1.0/(1<<62)/(1<<62)/(1<<26)) THEN 0.0 WHEN ABS(f3) <= (4503599627370496.0*(1<<62)*(1<<14)) THEN ((f3 * 536870913.0) - ((f3 * 536870913.0) - f3)) ELSE f3 END * (-0.2616368234157562))) AS "variable"
FROM slipway_0;
