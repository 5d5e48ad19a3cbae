-- tree-classifier-labels, for SQLite 3.35 or later, built with its mathematical functions.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    CAST(NULLIF(t."X_0", '') AS REAL) AS f0,
    CAST(NULLIF(t."X_2", '') AS REAL) AS f2,
    CAST(NULLIF(t."X_3", '') AS REAL) AS f3
  FROM "sales"."customers" AS t
  LIMIT -1 OFFSET 0
),
slipway_1 AS (
  SELECT
    k0,
    CASE WHEN f2 <= (-0.0972972474992275238) THEN CASE WHEN f3 < (-1.55879288911819458) THEN 0.0 WHEN f0 < (-1.97416216135025024) THEN 0.3333333432674408 ELSE 0.929411768913269 END ELSE 0.0 END AS x0
  FROM slipway_0
  LIMIT -1 OFFSET 0
)
SELECT
  k0 AS "customer_id",
  CASE WHEN x0 > 0.5 THEN 'Yes' ELSE 'No' END AS "output_label",
  (1.0 - x0) AS "output_probability_0",
  x0 AS "output_probability_1"
FROM slipway_1;
