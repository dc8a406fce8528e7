-- The shop's own tables. They live in the same database as the histories of its workflows,
-- but nothing depends on that.

CREATE TABLE IF NOT EXISTS shop_payment (
  idempotency_key VARCHAR(100) PRIMARY KEY,
  order_id VARCHAR(50) NOT NULL,
  amount NUMERIC(10, 2) NOT NULL,
  accepted BOOLEAN NOT NULL,
  requests INTEGER DEFAULT 1 NOT NULL
);

CREATE TABLE IF NOT EXISTS shop_refund (
  idempotency_key VARCHAR(100) PRIMARY KEY,
  order_id VARCHAR(50) NOT NULL,
  amount NUMERIC(10, 2) NOT NULL
);

CREATE TABLE IF NOT EXISTS shop_stock (
  sku VARCHAR(20) PRIMARY KEY,
  delivered INTEGER NOT NULL,
  on_hand INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS shop_reservation (
  idempotency_key VARCHAR(100) PRIMARY KEY,
  order_id VARCHAR(50) NOT NULL,
  sku VARCHAR(20) NOT NULL,
  quantity INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS shop_mail (
  idempotency_key VARCHAR(100) PRIMARY KEY,
  order_id VARCHAR(50) NOT NULL,
  subject VARCHAR(200) NOT NULL,
  attempt INTEGER NOT NULL
);

CREATE TABLE IF NOT EXISTS shop_shipment (
  idempotency_key VARCHAR(100) PRIMARY KEY,
  order_id VARCHAR(50) NOT NULL
);

CREATE INDEX IF NOT EXISTS shop_reservation_order ON shop_reservation (order_id);
