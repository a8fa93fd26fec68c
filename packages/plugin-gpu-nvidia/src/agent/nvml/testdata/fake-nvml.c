// A stand-in for libnvidia-ml.so.1. The file FAKE_NVML says how many cards there are and what is
// wrong with them; it is read at init and at each count, which is how a sweep begins:
//
//   count N | init CODE | mig CARD | processes SIZE NUMBER | unified | v1
//   card I lost|reset|open-lost|hang|open-hang|abort | name I TEXT | shift N | noisy
//
// Compiled with -DWITHOUT_NEW it lacks what older drivers lack, with -DR535 it is an early R535.
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MAX 32
typedef struct { int index; int mig; } Device;
static Device devices[MAX], instances[MAX];
static struct { char trouble[32]; char name[96]; } cards[MAX];
static int count, init_code, mig_card, process_size, process_count, unified, only_v1, shift;

static void load(void) {
  memset(cards, 0, sizeof cards);
  count = 0, init_code = 0, mig_card = -1, process_size = 24, process_count = 0;
  unified = 0, only_v1 = 0, shift = 0;
  FILE *file = fopen(getenv("FAKE_NVML"), "r");
  char line[256], text[128];
  int a, b;
  while (file && fgets(line, sizeof line, file)) {
    if (sscanf(line, "count %d", &a) == 1) count = a;
    if (sscanf(line, "init %d", &a) == 1) init_code = a;
    if (sscanf(line, "mig %d", &a) == 1) mig_card = a;
    if (sscanf(line, "shift %d", &a) == 1) shift = a;
    if (sscanf(line, "processes %d %d", &a, &b) == 2) process_size = a, process_count = b;
    if (strncmp(line, "unified", 7) == 0) unified = 1;
    if (strncmp(line, "v1", 2) == 0) only_v1 = 1;
    if (strncmp(line, "noisy", 5) == 0) printf("NVML: a word of warning\n"), fflush(stdout);
    if (sscanf(line, "card %d %31s", &a, text) == 2) strcpy(cards[a].trouble, text);
    if (sscanf(line, "name %d %95[^\n]", &a, text) == 2) strcpy(cards[a].name, text);
  }
  if (file) fclose(file);
}

static int is(int index, const char *trouble) { return strcmp(cards[index].trouble, trouble) == 0; }

// What every call on a card does first.
static int touch(Device *device) {
  if (is(device->index, "hang")) for (;;) pause();
  if (is(device->index, "abort")) abort();
  if (is(device->index, "lost")) return 15;
  if (is(device->index, "reset")) return 16;
  return 0;
}
#define TOUCH(device) do { int code = touch(device); if (code) return code; } while (0)
#define EXPORT __attribute__((visibility("default")))

EXPORT int nvmlInit_v2(void) {
  load();
  for (int i = 0; i < MAX; i++) devices[i].index = instances[i].index = i, instances[i].mig = 1;
  return init_code;
}
EXPORT int nvmlDeviceGetCount_v2(unsigned *n) { load(); *n = count; return init_code; }
EXPORT int nvmlDeviceGetHandleByIndex_v2(unsigned i, Device **device) {
  if ((int)i >= count) return 2;
  if (is(i, "open-hang")) for (;;) pause();
  if (is(i, "open-lost")) return 15;
  *device = &devices[i];
  return 0;
}
EXPORT int nvmlDeviceGetName(Device *device, char *text, unsigned length) {
  if (device->mig) snprintf(text, length, "NVIDIA Fake 80GB MIG 1g.10gb");
  else if (cards[device->index].name[0]) snprintf(text, length, "%s", cards[device->index].name);
  else snprintf(text, length, "NVIDIA Fake 80GB");
  return 0;
}
EXPORT int nvmlDeviceGetUUID(Device *device, char *text, unsigned length) {
  snprintf(text, length, "%s-%08d-0000-0000-0000-000000000000", device->mig ? "MIG" : "GPU", device->index + shift);
  return 0;
}
EXPORT int nvmlDeviceGetPciInfo_v3(Device *device, char *info) {
  memset(info, 0, 68);
  snprintf(info + 36, 32, "00000000:%02X:00.0", device->index + shift + 16);
  return 0;
}
EXPORT int nvmlDeviceGetUtilizationRates(Device *device, unsigned *rates) {
  TOUCH(device);
  if (device->mig || device->index == mig_card) return 3;
  rates[0] = 10 * device->index % 101, rates[1] = 5;
  return 0;
}
EXPORT int nvmlDeviceGetMemoryInfo(Device *device, uint64_t *info) {
  TOUCH(device);
  if (unified) return 3;
  info[0] = 81559ull << 20, info[1] = 80000ull << 20, info[2] = 1559ull << 20;
  return 0;
}
EXPORT int nvmlDeviceGetTemperature(Device *device, unsigned kind, unsigned *value) {
  TOUCH(device); *value = 40 + device->index; return kind == 0 ? 0 : 2;
}
EXPORT int nvmlDeviceGetPowerUsage(Device *device, unsigned *value) { TOUCH(device); *value = 69850; return 0; }
EXPORT int nvmlDeviceGetEnforcedPowerLimit(Device *device, unsigned *value) { TOUCH(device); *value = 700000; return 0; }
EXPORT int nvmlDeviceGetClockInfo(Device *device, unsigned kind, unsigned *value) {
  TOUCH(device); *value = 1000 + kind; return 0;
}
EXPORT int nvmlDeviceGetFanSpeed(Device *device, unsigned *value) { TOUCH(device); (void)value; return 3; }
EXPORT int nvmlDeviceGetTotalEccErrors(Device *device, unsigned kind, unsigned span, uint64_t *value) {
  TOUCH(device); *value = 2 * kind + span; return 0;
}
EXPORT int nvmlDeviceGetCurrPcieLinkGeneration(Device *device, unsigned *value) { TOUCH(device); *value = 5; return 0; }
EXPORT int nvmlDeviceGetCurrPcieLinkWidth(Device *device, unsigned *value) { TOUCH(device); *value = 16; return 0; }
EXPORT int nvmlDeviceGetMaxPcieLinkGeneration(Device *device, unsigned *value) { TOUCH(device); *value = 5; return 0; }
EXPORT int nvmlDeviceGetMaxPcieLinkWidth(Device *device, unsigned *value) { TOUCH(device); *value = 16; return 0; }
#ifdef WITHOUT_NEW
EXPORT int nvmlDeviceGetCurrentClocksThrottleReasons(Device *device, uint64_t *bits) { TOUCH(device); *bits = 0x05; return 0; }
#else
EXPORT int nvmlDeviceGetCurrentClocksEventReasons(Device *device, uint64_t *bits) { TOUCH(device); *bits = 0x45; return 0; }
EXPORT int nvmlDeviceGetMemoryInfo_v2(Device *device, void *info) {
  TOUCH(device);
  if (unified || only_v1) return 3;
  if (*(uint32_t *)info != 0x02000028) return 25;
  uint64_t *words = info;
  words[1] = 81559ull << 20, words[2] = 479ull << 20, words[3] = 80000ull << 20, words[4] = 1080ull << 20;
  return 0;
}
EXPORT int nvmlDeviceGetMigMode(Device *device, unsigned *now, unsigned *pending) {
  TOUCH(device); *now = *pending = device->index == mig_card; return 0;
}
EXPORT int nvmlDeviceGetMaxMigDeviceCount(Device *device, unsigned *n) { *n = device->index == mig_card ? 7 : 0; return 0; }
EXPORT int nvmlDeviceGetMigDeviceHandleByIndex(Device *device, unsigned i, Device **instance) {
  (void)device;
  if (i != 1 && i != 4) return 6;
  *instance = &instances[i];
  return 0;
}
EXPORT int nvmlDeviceGetGpuInstanceId(Device *device, unsigned *id) { *id = device->index + 6; return 0; }
EXPORT int nvmlDeviceGetComputeInstanceId(Device *device, unsigned *id) { (void)device; *id = 0; return 0; }
EXPORT int nvmlDeviceGetConfComputeMemSizeInfo(Device *device, void *info) { (void)device, (void)info; return 3; }
#ifndef R535
EXPORT int nvmlDeviceGetRunningProcessDetailList(Device *device, void *list) { (void)device, (void)list; return 3; }
#endif
#endif

// Pids from this process upwards are of processes that are there: the parent and itself.
static int list_processes(Device *device, unsigned *n, char *list) {
  TOUCH(device);
  int room = *n;
  *n = process_count;
  if (process_count > room) return 7;
  for (int i = 0; i < process_count; i++) {
    char *entry = list + i * process_size;
    *(uint32_t *)entry = i % 2 ? getppid() : getpid();
    *(uint64_t *)(entry + 8) = i == 1 ? ~0ull : 512ull << 20;
    if (process_size > 16) *(uint32_t *)(entry + 16) = *(uint32_t *)(entry + 20) = 0xffffffff;
  }
  return 0;
}
#ifdef WITHOUT_NEW
EXPORT int nvmlDeviceGetComputeRunningProcesses_v2(Device *device, unsigned *n, char *list) { return list_processes(device, n, list); }
#else
EXPORT int nvmlDeviceGetComputeRunningProcesses_v3(Device *device, unsigned *n, char *list) { return list_processes(device, n, list); }
EXPORT int nvmlDeviceGetGraphicsRunningProcesses_v3(Device *device, unsigned *n, char *list) { (void)device, (void)list; *n = 0; return 0; }
#endif
