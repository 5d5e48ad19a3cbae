-- tree-classifier-labels, for Spark SQL 3.3 or later.
WITH slipway_0 AS (
  SELECT
    t.`customer_id` AS k0,
    NULLIF(CAST(t.`X_0` AS DOUBLE), DOUBLE('NaN')) AS f0,
    NULLIF(CAST(t.`X_2` AS DOUBLE), DOUBLE('NaN')) AS f2,
    NULLIF(CAST(t.`X_3` AS DOUBLE), DOUBLE('NaN')) AS f3
  FROM `sales`.`customers` AS t
),
slipway_1 AS (
  SELECT
    k0,
    CASE WHEN f2 <= (-0.09729724749922752D) THEN CASE WHEN f3 < (-1.5587928891181946D) THEN 0.0D WHEN f0 < (-1.9741621613502502D) THEN 0.3333333432674408D ELSE 0.929411768913269D END ELSE 0.0D END AS x0
  FROM slipway_0
)
SELECT
  k0 AS `customer_id`,
  CASE WHEN x0 > 0.5D THEN 'Yes' ELSE 'No' END AS `output_label`,
  (1.0D - x0) AS `output_probability_0`,
  x0 AS `output_probability_1`
FROM slipway_1;
