-- logistic-binary-labels, for DuckDB 1.0 or later.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    NULLIF(CAST(t."X_0" AS DOUBLE), 'NaN'::DOUBLE) AS f0,
    NULLIF(CAST(t."X_1" AS DOUBLE), 'NaN'::DOUBLE) AS f1,
    NULLIF(CAST(t."X_2" AS DOUBLE), 'NaN'::DOUBLE) AS f2,
    NULLIF(CAST(t."X_3" AS DOUBLE), 'NaN'::DOUBLE) AS f3
  FROM "sales"."customers" AS t
),
slipway_1 AS (
  SELECT
    k0,
    CASE WHEN ABS(f0) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f0 AS FLOAT) AS DOUBLE) WHEN ABS(f0) < 1 THEN 0.0e0 ELSE f0 END AS x0,
    CASE WHEN ABS(f1) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f1 AS FLOAT) AS DOUBLE) WHEN ABS(f1) < 1 THEN 0.0e0 ELSE f1 END AS x1,
    CASE WHEN ABS(f2) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f2 AS FLOAT) AS DOUBLE) WHEN ABS(f2) < 1 THEN 0.0e0 ELSE f2 END AS x2,
    CASE WHEN ABS(f3) BETWEEN 7.1e-46 AND 3.4028235e+38 THEN CAST(CAST(f3 AS FLOAT) AS DOUBLE) WHEN ABS(f3) < 1 THEN 0.0e0 ELSE f3 END AS x3
  FROM slipway_0
),
slipway_2 AS (
  SELECT
    k0,
    NULLIF((2.710947275161743e0 + (x0 * (-0.24444951117038727e0)) + (x1 * 0.6621031165122986e0) + (x2 * 3.3381688594818115e0) + (x3 * (-0.8688539266586304e0))), 'NaN'::DOUBLE) AS x4,
    NULLIF(((-2.710947275161743e0) + (x0 * 0.24444951117038727e0) + (x1 * (-0.6621031165122986e0)) + (x2 * (-3.3381688594818115e0)) + (x3 * 0.8688539266586304e0)), 'NaN'::DOUBLE) AS x5
  FROM slipway_1
),
slipway_3 AS (
  SELECT
    k0, x4, x5,
    CASE WHEN (ABS(x4) * (-1.0e0)) < (-700.0e0) THEN 0.0e0 ELSE EXP((ABS(x4) * (-1.0e0))) END AS x6,
    CASE WHEN (ABS(x5) * (-1.0e0)) < (-700.0e0) THEN 0.0e0 ELSE EXP((ABS(x5) * (-1.0e0))) END AS x7
  FROM slipway_2
)
SELECT
  k0 AS "customer_id",
  CASE WHEN x4 IS NULL THEN 'No' WHEN x4 = GREATEST(COALESCE(x4, '-Infinity'::DOUBLE), COALESCE(x5, '-Infinity'::DOUBLE)) THEN 'No' ELSE 'Yes' END AS "output_label",
  CASE WHEN x4 >= 0.0e0 THEN (1.0e0 / (1.0e0 + x6)) ELSE (x6 / (1.0e0 + x6)) END AS "output_probability_0",
  CASE WHEN x5 >= 0.0e0 THEN (1.0e0 / (1.0e0 + x7)) ELSE (x7 / (1.0e0 + x7)) END AS "output_probability_1"
FROM slipway_3;
