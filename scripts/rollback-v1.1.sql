-- Makes a database of version 1.1 one of 1.0 again. What only 1.1 knows is lost. Written by scripts/write-migration-sql.mjs.
-- Stop the aggregator and copy the file first. Needs sqlite3 3.35 or newer:
--   sqlite3 monitor.db < FILE
.bail on
PRAGMA foreign_keys = ON;
BEGIN IMMEDIATE;

-- history/column samples_hourly.open_files_max
ALTER TABLE "samples_hourly" DROP COLUMN "open_files_max";

-- history/column samples_hourly.open_files_avg
ALTER TABLE "samples_hourly" DROP COLUMN "open_files_avg";

-- history/column samples_hourly.proxy_probe_s_max
ALTER TABLE "samples_hourly" DROP COLUMN "proxy_probe_s_max";

-- history/column samples_hourly.proxy_probe_s_avg
ALTER TABLE "samples_hourly" DROP COLUMN "proxy_probe_s_avg";

-- history/column samples_hourly.proxy_down_s_max
ALTER TABLE "samples_hourly" DROP COLUMN "proxy_down_s_max";

-- history/column samples_hourly.proxy_retries_max
ALTER TABLE "samples_hourly" DROP COLUMN "proxy_retries_max";

-- history/column samples_hourly.proxy_up_avg
ALTER TABLE "samples_hourly" DROP COLUMN "proxy_up_avg";

-- history/column samples_hourly.gpu_temp_c_max
ALTER TABLE "samples_hourly" DROP COLUMN "gpu_temp_c_max";

-- history/column samples_hourly.gpu_temp_c_avg
ALTER TABLE "samples_hourly" DROP COLUMN "gpu_temp_c_avg";

-- history/column samples_hourly.gpu_util_mean_pct_avg
ALTER TABLE "samples_hourly" DROP COLUMN "gpu_util_mean_pct_avg";

-- open-files/001-peaks
DROP TABLE open_files_peaks;

-- history/002-history
DROP TABLE history_open_hours;
DROP INDEX samples_hourly_by_time;
ALTER TABLE samples_hourly DROP COLUMN gpu_details;

-- ssh-proxy/001-proxy-config
ALTER TABLE servers DROP COLUMN proxy_config;

-- gpu-nvidia/001-gpu-cards
DROP TABLE gpu_cards;

-- core/002-server-options
ALTER TABLE servers DROP COLUMN poll_interval_s;
ALTER TABLE servers DROP COLUMN token;
ALTER TABLE servers DROP COLUMN tags;

DROP TABLE mon_migrations;

COMMIT;
