-- columns-logistic, for PostgreSQL 12 or later.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    NULLIF(CAST(t."age" AS DOUBLE PRECISION), 'NaN'::float8) AS f0,
    NULLIF(CAST(t."income" AS DOUBLE PRECISION), 'NaN'::float8) AS f1,
    COALESCE(CAST(t."contract" AS TEXT), '') AS f2,
    COALESCE(CAST(t."region" AS TEXT), '') AS f3
  FROM "sales"."customers" AS t
  OFFSET 0
),
slipway_1 AS (
  SELECT
    k0, f2, f3,
    ((COALESCE(CASE WHEN ABS(f0) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f0 AS REAL) AS DOUBLE PRECISION) WHEN ABS(f0) < 1 THEN 0.0::float8 ELSE f0 END, 39.55360794067383::float8) - 39.23044967651367) * 0.08018020540475845) AS x0,
    ((COALESCE(CASE WHEN ABS(f1) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f1 AS REAL) AS DOUBLE PRECISION) WHEN ABS(f1) < 1 THEN 0.0::float8 ELSE f1 END, 19.775394439697266::float8) - 32.66918182373047) * 0.026673797518014908) AS x1
  FROM slipway_0
  OFFSET 0
),
slipway_2 AS (
  SELECT
    k0,
    NULLIF((0.2564544379711151 + (x0 * (-2.2838294506073)) + (x1 * 0.23468106985092163) + CASE WHEN f2 = 'month' THEN (-2.227503538131714::float8) ELSE 0.0::float8 END + CASE WHEN f2 = 'two years' THEN 1.1865379810333252::float8 ELSE 0.0::float8 END + CASE WHEN f2 = 'year' THEN 1.0408604145050049::float8 ELSE 0.0::float8 END + CASE WHEN f3 = 'north' THEN (-0.07005951553583145::float8) ELSE 0.0::float8 END + CASE WHEN f3 = 'south' THEN 0.06995441764593124::float8 ELSE 0.0::float8 END), 'NaN'::float8) AS x2,
    NULLIF(((-0.2564544379711151) + (x0 * 2.2838294506073) + (x1 * (-0.23468106985092163)) + CASE WHEN f2 = 'month' THEN 2.227503538131714::float8 ELSE 0.0::float8 END + CASE WHEN f2 = 'two years' THEN (-1.1865379810333252::float8) ELSE 0.0::float8 END + CASE WHEN f2 = 'year' THEN (-1.0408604145050049::float8) ELSE 0.0::float8 END + CASE WHEN f3 = 'north' THEN 0.07005951553583145::float8 ELSE 0.0::float8 END + CASE WHEN f3 = 'south' THEN (-0.06995441764593124::float8) ELSE 0.0::float8 END), 'NaN'::float8) AS x3
  FROM slipway_1
  OFFSET 0
),
slipway_3 AS (
  SELECT
    k0, x2, x3,
    CASE WHEN (ABS(x2) * (-1.0)) < (-700.0) THEN 0.0::float8 ELSE EXP((ABS(x2) * (-1.0))) END AS x4,
    CASE WHEN (ABS(x3) * (-1.0)) < (-700.0) THEN 0.0::float8 ELSE EXP((ABS(x3) * (-1.0))) END AS x5
  FROM slipway_2
  OFFSET 0
)
SELECT
  k0 AS "customer_id",
  CASE WHEN x2 IS NULL THEN 'No' WHEN x2 = GREATEST(COALESCE(x2, '-Infinity'::float8), COALESCE(x3, '-Infinity'::float8)) THEN 'No' ELSE 'Yes' END AS "output_label",
  CASE WHEN x2 >= 0.0 THEN (1.0 / (1.0 + x4)) ELSE (x4 / (1.0 + x4)) END AS "output_probability_0",
  CASE WHEN x3 >= 0.0 THEN (1.0 / (1.0 + x5)) ELSE (x5 / (1.0 + x5)) END AS "output_probability_1"
FROM slipway_3;
