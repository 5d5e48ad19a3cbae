-- columns-logistic, for SQLite 3.35 or later, built with its mathematical functions.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    CAST(NULLIF(t."age", '') AS REAL) AS f0,
    CAST(NULLIF(t."income", '') AS REAL) AS f1,
    COALESCE(CAST(t."contract" AS TEXT), '') AS f2,
    COALESCE(CAST(t."region" AS TEXT), '') AS f3
  FROM "sales"."customers" AS t
  LIMIT -1 OFFSET 0
),
slipway_1 AS (
  SELECT
    k0, f2, f3,
    ((COALESCE(CASE WHEN ABS(f0) <= (1.0/(1<<62)/(1<<62)/(1<<26)) THEN 0.0 WHEN ABS(f0) <= (4503599627370496.0*(1<<62)*(1<<14)) THEN ((f0 * 536870913.0) - ((f0 * 536870913.0) - f0)) ELSE f0 END, 39.55360794067383) - 39.23044967651367) * 0.08018020540475845) AS x0,
    ((COALESCE(CASE WHEN ABS(f1) <= (1.0/(1<<62)/(1<<62)/(1<<26)) THEN 0.0 WHEN ABS(f1) <= (4503599627370496.0*(1<<62)*(1<<14)) THEN ((f1 * 536870913.0) - ((f1 * 536870913.0) - f1)) ELSE f1 END, 19.775394439697266) - 32.66918182373047) * 0.026673797518014908) AS x1
  FROM slipway_0
  LIMIT -1 OFFSET 0
),
slipway_2 AS (
  SELECT
    k0,
    (0.2564544379711151 + (x0 * (-2.2838294506073)) + (x1 * 0.23468106985092163) + CASE WHEN f2 = 'month' THEN (-2.227503538131714) ELSE 0.0 END + CASE WHEN f2 = 'two years' THEN 1.1865379810333252 ELSE 0.0 END + CASE WHEN f2 = 'year' THEN 1.0408604145050049 ELSE 0.0 END + CASE WHEN f3 = 'north' THEN (-0.07005951553583145) ELSE 0.0 END + CASE WHEN f3 = 'south' THEN 0.06995441764593124 ELSE 0.0 END) AS x2,
    ((-0.2564544379711151) + (x0 * 2.2838294506073) + (x1 * (-0.23468106985092163)) + CASE WHEN f2 = 'month' THEN 2.227503538131714 ELSE 0.0 END + CASE WHEN f2 = 'two years' THEN (-1.1865379810333252) ELSE 0.0 END + CASE WHEN f2 = 'year' THEN (-1.0408604145050049) ELSE 0.0 END + CASE WHEN f3 = 'north' THEN 0.07005951553583145 ELSE 0.0 END + CASE WHEN f3 = 'south' THEN (-0.06995441764593124) ELSE 0.0 END) AS x3
  FROM slipway_1
  LIMIT -1 OFFSET 0
),
slipway_3 AS (
  SELECT
    k0, x2, x3,
    CASE WHEN (ABS(x2) * (-1.0)) < (-700.0) THEN 0.0 ELSE EXP((ABS(x2) * (-1.0))) END AS x4,
    CASE WHEN (ABS(x3) * (-1.0)) < (-700.0) THEN 0.0 ELSE EXP((ABS(x3) * (-1.0))) END AS x5
  FROM slipway_2
  LIMIT -1 OFFSET 0
)
SELECT
  k0 AS "customer_id",
  CASE WHEN x2 IS NULL THEN 'No' WHEN x2 = MAX(COALESCE(x2, (-9e999)), COALESCE(x3, (-9e999))) THEN 'No' ELSE 'Yes' END AS "output_label",
  CASE WHEN x2 >= (-1.0/(1<<62)/(1<<62)/(1<<26)) THEN (1.0 / (1.0 + x4)) ELSE (x4 / (1.0 + x4)) END AS "output_probability_0",
  CASE WHEN x3 >= (-1.0/(1<<62)/(1<<62)/(1<<26)) THEN (1.0 / (1.0 + x5)) ELSE (x5 / (1.0 + x5)) END AS "output_probability_1"
FROM slipway_3;
