-- Upgrades a database of version 1.0 to 1.1. Written by scripts/write-migration-sql.mjs.
-- Stop the aggregator and copy the file first. Needs sqlite3 3.35 or newer:
--   sqlite3 monitor.db < FILE
.bail on
PRAGMA foreign_keys = ON;
BEGIN IMMEDIATE;

CREATE TABLE IF NOT EXISTS mon_migrations (
  plugin TEXT NOT NULL,
  id TEXT NOT NULL,
  version TEXT NOT NULL,
  checksum TEXT NOT NULL,
  down TEXT NOT NULL,
  applied_at INTEGER NOT NULL,
  PRIMARY KEY (plugin, id)
);

-- core/001-servers
CREATE TABLE IF NOT EXISTS servers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  base_url TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
INSERT INTO mon_migrations VALUES ('core', '001-servers', '1.0', '6b3536a14c92976dd003e2e7463f4554e2ceb14c73948adfa5d5887db4393bc8', '[]', CAST(strftime('%s', 'now') AS INTEGER));

-- core/002-server-options
ALTER TABLE servers ADD COLUMN tags TEXT NOT NULL DEFAULT '[]';
ALTER TABLE servers ADD COLUMN token TEXT;
ALTER TABLE servers ADD COLUMN poll_interval_s REAL;
INSERT INTO mon_migrations VALUES ('core', '002-server-options', '1.1', '1b1a638ee5d3f28380351fec51332e82ae6370f0fc5171bc13976669e2391650', '["ALTER TABLE servers DROP COLUMN poll_interval_s","ALTER TABLE servers DROP COLUMN token","ALTER TABLE servers DROP COLUMN tags"]', CAST(strftime('%s', 'now') AS INTEGER));

-- gpu-nvidia/001-gpu-cards
CREATE TABLE gpu_cards (
  server_id INTEGER NOT NULL REFERENCES servers(id) ON DELETE CASCADE,
  uuid TEXT NOT NULL,
  gpu_index INTEGER NOT NULL,
  name TEXT,
  first_seen INTEGER NOT NULL,
  last_seen INTEGER NOT NULL,
  lost_at INTEGER,
  PRIMARY KEY (server_id, uuid)
);
INSERT INTO mon_migrations VALUES ('gpu-nvidia', '001-gpu-cards', '1.1', '2df7e6ccca739b51d4a361141ea90d3e62ffd7b7a558bfddff7f398548577436', '["DROP TABLE gpu_cards"]', CAST(strftime('%s', 'now') AS INTEGER));

-- ssh-proxy/001-proxy-config
ALTER TABLE servers ADD COLUMN proxy_config TEXT;
INSERT INTO mon_migrations VALUES ('ssh-proxy', '001-proxy-config', '1.1', 'f60e34ea1a73f891b98a1020045c78a2e91cd3c8da8436c1b63211b56bc67f72', '["ALTER TABLE servers DROP COLUMN proxy_config"]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/001-hourly-samples
CREATE TABLE IF NOT EXISTS samples_hourly (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  server_id INTEGER NOT NULL REFERENCES servers(id) ON DELETE CASCADE,
  ts INTEGER NOT NULL,
  cpu_pct_avg REAL,
  cpu_pct_max REAL,
  mem_pct_avg REAL,
  mem_pct_max REAL,
  disk_pct_avg REAL,
  disk_pct_max REAL,
  net_rx_bps_avg REAL,
  net_tx_bps_avg REAL,
  gpu_util_pct_avg REAL,
  gpu_util_pct_max REAL,
  gpu_mem_used_mb_avg REAL,
  gpu_mem_used_mb_max REAL,
  gpu_mem_total_mb REAL,
  samples INTEGER NOT NULL,
  UNIQUE(server_id, ts)
);
INSERT INTO mon_migrations VALUES ('history', '001-hourly-samples', '1.0', 'cce41ee3e1d266050ec8cccfa87c12d7b1061a6f036dbd63c40fbfef9abe6a9e', '[]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/002-history
ALTER TABLE samples_hourly ADD COLUMN gpu_details TEXT;
CREATE INDEX samples_hourly_by_time ON samples_hourly (ts, server_id);
CREATE TABLE history_open_hours (
  server_id INTEGER NOT NULL REFERENCES servers(id) ON DELETE CASCADE,
  ts INTEGER NOT NULL,
  state TEXT NOT NULL,
  PRIMARY KEY (server_id, ts)
) WITHOUT ROWID;
INSERT INTO mon_migrations VALUES ('history', '002-history', '1.1', '9a735d275af4c1127dbe29f4e78b135a48ef69d08cfb67eb91cea6df6a05f050', '["DROP TABLE history_open_hours","DROP INDEX samples_hourly_by_time","ALTER TABLE samples_hourly DROP COLUMN gpu_details"]', CAST(strftime('%s', 'now') AS INTEGER));

-- open-files/001-peaks
CREATE TABLE open_files_peaks (
      server_id INTEGER PRIMARY KEY REFERENCES servers(id) ON DELETE CASCADE,
      open_files INTEGER NOT NULL,
      ts INTEGER NOT NULL
    );
INSERT INTO mon_migrations VALUES ('open-files', '001-peaks', '1.1', '1aaf4d3f796918fcdc2574df8136042ca8bdf9340555c89bb26be4b14bff455e', '["DROP TABLE open_files_peaks"]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.gpu_util_mean_pct_avg
ALTER TABLE "samples_hourly" ADD COLUMN "gpu_util_mean_pct_avg" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.gpu_util_mean_pct_avg', '1.1', 'de8a2b1a93fb7a4b57b5147f99b6130da54b6394892ed9b18c2aa1488ac03690', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"gpu_util_mean_pct_avg\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.gpu_temp_c_avg
ALTER TABLE "samples_hourly" ADD COLUMN "gpu_temp_c_avg" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.gpu_temp_c_avg', '1.1', '95e865a77ac057796b65fd54c0e5440d9942bbe0c988f037b627b5b08b6e377c', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"gpu_temp_c_avg\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.gpu_temp_c_max
ALTER TABLE "samples_hourly" ADD COLUMN "gpu_temp_c_max" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.gpu_temp_c_max', '1.1', 'b3981177ab7a382e06cf9595a47dd084c84946d0933d938f9fdc798dc29ba9b8', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"gpu_temp_c_max\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.proxy_up_avg
ALTER TABLE "samples_hourly" ADD COLUMN "proxy_up_avg" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.proxy_up_avg', '1.1', '4c2029903a36f67cbdd4b5eb0d9434445134ce66764146d49171d4662fd3ba2f', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"proxy_up_avg\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.proxy_retries_max
ALTER TABLE "samples_hourly" ADD COLUMN "proxy_retries_max" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.proxy_retries_max', '1.1', 'b88fbf2b1a09f2fde2d6594c36a09a8579c96efa44572e3ec075192c4fc56681', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"proxy_retries_max\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.proxy_down_s_max
ALTER TABLE "samples_hourly" ADD COLUMN "proxy_down_s_max" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.proxy_down_s_max', '1.1', 'd1fc0bdcbb429b4d659f316b046fafa2b979bcfa753376f8bab1677cab664c34', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"proxy_down_s_max\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.proxy_probe_s_avg
ALTER TABLE "samples_hourly" ADD COLUMN "proxy_probe_s_avg" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.proxy_probe_s_avg', '1.1', 'f88727fcb9f0ab38e782f5a9bf8667fdd641cc4845ba259c2a3009cd9235b079', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"proxy_probe_s_avg\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.proxy_probe_s_max
ALTER TABLE "samples_hourly" ADD COLUMN "proxy_probe_s_max" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.proxy_probe_s_max', '1.1', 'f53709d1e56da1c62d7af1fa6062aed0ba2cfec9d2a29e44d02536694e655a6e', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"proxy_probe_s_max\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.open_files_avg
ALTER TABLE "samples_hourly" ADD COLUMN "open_files_avg" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.open_files_avg', '1.1', 'ce99c57f19e45b4dfe83957c1c01f0fb2852d4fa9aff6b5ec1c77ff135217cf9', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"open_files_avg\""]', CAST(strftime('%s', 'now') AS INTEGER));

-- history/column samples_hourly.open_files_max
ALTER TABLE "samples_hourly" ADD COLUMN "open_files_max" REAL;
INSERT INTO mon_migrations VALUES ('history', 'column samples_hourly.open_files_max', '1.1', '4256733a8dcf3a383e7d4a5464cc82fb25660c5b43b7cc8dcd167a97f4fafb27', '["ALTER TABLE \"samples_hourly\" DROP COLUMN \"open_files_max\""]', CAST(strftime('%s', 'now') AS INTEGER));

COMMIT;
