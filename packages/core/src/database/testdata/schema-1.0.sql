-- The schema of version 1.0, as its databases have it.
CREATE TABLE servers (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  base_url TEXT NOT NULL,
  enabled INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  updated_at INTEGER NOT NULL
);
CREATE TABLE samples_hourly (
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
