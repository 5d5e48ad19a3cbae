-- tree-classifier-labels, for PostgreSQL 12 or later.
WITH slipway_0 AS (
  SELECT
    t."customer_id" AS k0,
    NULLIF(CAST(t."X_0" AS DOUBLE PRECISION), 'NaN'::float8) AS f0,
    NULLIF(CAST(t."X_2" AS DOUBLE PRECISION), 'NaN'::float8) AS f2,
    NULLIF(CAST(t."X_3" AS DOUBLE PRECISION), 'NaN'::float8) AS f3
  FROM "sales"."customers" AS t
  OFFSET 0
),
slipway_1 AS (
  SELECT
    k0,
    CASE WHEN f2 <= (-0.09729724749922752) THEN CASE WHEN f3 < (-1.5587928891181946) THEN 0.0::float8 WHEN f0 < (-1.9741621613502502) THEN 0.3333333432674408::float8 ELSE 0.929411768913269::float8 END ELSE 0.0::float8 END AS x0
  FROM slipway_0
  OFFSET 0
)
SELECT
  k0 AS "customer_id",
  CASE WHEN x0 > 0.5 THEN 'Yes' ELSE 'No' END AS "output_label",
  (1.0 - x0) AS "output_probability_0",
  x0 AS "output_probability_1"
FROM slipway_1;
