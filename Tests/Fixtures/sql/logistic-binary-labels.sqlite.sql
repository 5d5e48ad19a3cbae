-- logistic-binary-labels, for SQLite 3.35 or later, built with its mathematical functions.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    CAST(NULLIF(t."X_0", '') AS REAL) AS f0,
    CAST(NULLIF(t."X_1", '') AS REAL) AS f1,
    CAST(NULLIF(t."X_2", '') AS REAL) AS f2,
    CAST(NULLIF(t."X_3", '') AS REAL) AS f3
  FROM "sales"."customers" AS t
  LIMIT -1 OFFSET 0
),
slipway_1 AS (
  SELECT
    k0,
    CASE WHEN ABS(f0) <= 7.00649232162408535e-46 THEN 0.0 WHEN ABS(f0) <= 3.402823669209385e+38 THEN ((f0 * 536870913.0) - ((f0 * 536870913.0) - f0)) ELSE f0 END AS x0,
    CASE WHEN ABS(f1) <= 7.00649232162408535e-46 THEN 0.0 WHEN ABS(f1) <= 3.402823669209385e+38 THEN ((f1 * 536870913.0) - ((f1 * 536870913.0) - f1)) ELSE f1 END AS x1,
    CASE WHEN ABS(f2) <= 7.00649232162408535e-46 THEN 0.0 WHEN ABS(f2) <= 3.402823669209385e+38 THEN ((f2 * 536870913.0) - ((f2 * 536870913.0) - f2)) ELSE f2 END AS x2,
    CASE WHEN ABS(f3) <= 7.00649232162408535e-46 THEN 0.0 WHEN ABS(f3) <= 3.402823669209385e+38 THEN ((f3 * 536870913.0) - ((f3 * 536870913.0) - f3)) ELSE f3 END AS x3
  FROM slipway_0
  LIMIT -1 OFFSET 0
),
slipway_2 AS (
  SELECT
    k0,
    (2.710947275161743 + (x0 * (-0.24444951117038727)) + (x1 * 0.6621031165122986) + (x2 * 3.3381688594818115) + (x3 * (-0.8688539266586304))) AS x4,
    ((-2.710947275161743) + (x0 * 0.24444951117038727) + (x1 * (-0.6621031165122986)) + (x2 * (-3.3381688594818115)) + (x3 * 0.8688539266586304)) AS x5
  FROM slipway_1
  LIMIT -1 OFFSET 0
),
slipway_3 AS (
  SELECT
    k0, x4, x5,
    CASE WHEN (ABS(x4) * (-1.0)) < (-700.0) THEN 0.0 ELSE EXP((ABS(x4) * (-1.0))) END AS x6,
    CASE WHEN (ABS(x5) * (-1.0)) < (-700.0) THEN 0.0 ELSE EXP((ABS(x5) * (-1.0))) END AS x7
  FROM slipway_2
  LIMIT -1 OFFSET 0
)
SELECT
  k0 AS "customer_id",
  CASE WHEN x4 IS NULL THEN 'No' WHEN x4 = MAX(COALESCE(x4, (-9e999)), COALESCE(x5, (-9e999))) THEN 'No' ELSE 'Yes' END AS "output_label",
  CASE WHEN x4 >= 0.0 THEN (1.0 / (1.0 + x6)) ELSE (x6 / (1.0 + x6)) END AS "output_probability_0",
  CASE WHEN x5 >= 0.0 THEN (1.0 / (1.0 + x7)) ELSE (x7 / (1.0 + x7)) END AS "output_probability_1"
FROM slipway_3;
