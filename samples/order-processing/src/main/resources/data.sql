-- What was delivered to the shop before it opened. Two articles did not come.

INSERT INTO shop_stock (sku, delivered, on_hand)
SELECT sku, delivered, delivered
FROM (VALUES
  ('BRD-01', 5000),
  ('CAN-02', 5000),
  ('CHA-03', 5000),
  ('COF-04', 5000),
  ('CUP-05', 5000),
  ('DES-06', 5000),
  ('HAM-07', 0),
  ('HEA-08', 5000),
  ('JUG-09', 5000),
  ('KET-10', 0),
  ('KNI-11', 5000),
  ('LAN-12', 5000),
  ('MAT-13', 5000),
  ('NOT-14', 5000),
  ('PAN-15', 5000),
  ('PEN-16', 5000),
  ('RUC-17', 5000),
  ('SHE-18', 5000),
  ('SOC-19', 5000),
  ('TEA-20', 5000),
  ('TEN-21', 5000),
  ('THE-22', 5000),
  ('TOW-23', 5000),
  ('UMB-24', 5000)
) AS delivery (sku, delivered)
WHERE NOT EXISTS (SELECT 1 FROM shop_stock);
