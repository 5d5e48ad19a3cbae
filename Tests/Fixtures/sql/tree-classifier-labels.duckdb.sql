-- tree-classifier-labels, for DuckDB 1.0 or later.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    NULLIF(CAST(t."X_0" AS DOUBLE), 'NaN'::DOUBLE) AS f0,
    NULLIF(CAST(t."X_2" AS DOUBLE), 'NaN'::DOUBLE) AS f2,
    NULLIF(CAST(t."X_3" AS DOUBLE), 'NaN'::DOUBLE) AS f3
  FROM "sales"."customers" AS t
),
slipway_1 AS (
  SELECT
    k0,
    CASE WHEN f2 <= (-0.09729724749922752e0) THEN CASE WHEN f3 < (-1.5587928891181946e0) THEN 0.0e0 WHEN f0 < (-1.9741621613502502e0) THEN 0.3333333432674408e0 ELSE 0.929411768913269e0 END ELSE 0.0e0 END AS x0
  FROM slipway_0
)
SELECT
  k0 AS "customer_id",
  CASE WHEN x0 > 0.5e0 THEN 'Yes' ELSE 'No' END AS "output_label",
  (1.0e0 - x0) AS "output_probability_0",
  x0 AS "output_probability_1"
FROM slipway_1;
