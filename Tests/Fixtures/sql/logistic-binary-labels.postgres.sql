-- logistic-binary-labels, for PostgreSQL 12 or later.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    NULLIF(CAST(t."X_0" AS DOUBLE PRECISION), 'NaN'::float8) AS f0,
    NULLIF(CAST(t."X_1" AS DOUBLE PRECISION), 'NaN'::float8) AS f1,
    NULLIF(CAST(t."X_2" AS DOUBLE PRECISION), 'NaN'::float8) AS f2,
    NULLIF(CAST(t."X_3" AS DOUBLE PRECISION), 'NaN'::float8) AS f3
  FROM "sales"."customers" AS t
  OFFSET 0
),
slipway_1 AS (
  SELECT
    k0,
    CASE WHEN ABS(f0) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f0 AS REAL) AS DOUBLE PRECISION) WHEN ABS(f0) < 1 THEN 0.0::float8 ELSE f0 END AS x0,
    CASE WHEN ABS(f1) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f1 AS REAL) AS DOUBLE PRECISION) WHEN ABS(f1) < 1 THEN 0.0::float8 ELSE f1 END AS x1,
    CASE WHEN ABS(f2) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f2 AS REAL) AS DOUBLE PRECISION) WHEN ABS(f2) < 1 THEN 0.0::float8 ELSE f2 END AS x2,
    CASE WHEN ABS(f3) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f3 AS REAL) AS DOUBLE PRECISION) WHEN ABS(f3) < 1 THEN 0.0::float8 ELSE f3 END AS x3
  FROM slipway_0
  OFFSET 0
),
slipway_2 AS (
  SELECT
    k0,
    NULLIF((2.710947275161743 + (x0 * (-0.24444951117038727)) + (x1 * 0.6621031165122986) + (x2 * 3.3381688594818115) + (x3 * (-0.8688539266586304))), 'NaN'::float8) AS x4,
    NULLIF(((-2.710947275161743) + (x0 * 0.24444951117038727) + (x1 * (-0.6621031165122986)) + (x2 * (-3.3381688594818115)) + (x3 * 0.8688539266586304)), 'NaN'::float8) AS x5
  FROM slipway_1
  OFFSET 0
),
slipway_3 AS (
  SELECT
    k0, x4, x5,
    CASE WHEN (ABS(x4) * (-1.0)) < (-700.0) THEN 0.0::float8 ELSE EXP((ABS(x4) * (-1.0))) END AS x6,
    CASE WHEN (ABS(x5) * (-1.0)) < (-700.0) THEN 0.0::float8 ELSE EXP((ABS(x5) * (-1.0))) END AS x7
  FROM slipway_2
  OFFSET 0
)
SELECT
  k0 AS "customer_id",
  CASE WHEN x4 IS NULL THEN 'No' WHEN x4 = GREATEST(COALESCE(x4, '-Infinity'::float8), COALESCE(x5, '-Infinity'::float8)) THEN 'No' ELSE 'Yes' END AS "output_label",
  CASE WHEN x4 >= 0.0 THEN (1.0 / (1.0 + x6)) ELSE (x6 / (1.0 + x6)) END AS "output_probability_0",
  CASE WHEN x5 >= 0.0 THEN (1.0 / (1.0 + x7)) ELSE (x7 / (1.0 + x7)) END AS "output_probability_1"
FROM slipway_3;
