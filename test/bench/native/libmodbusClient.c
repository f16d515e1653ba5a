// Reads of function 3 with libmodbus, one after the other. Prints JSON: wrong values, and each read's time in µs.
// usage: libmodbusClient rtu PATH BAUD REGISTERS READS | libmodbusClient tcp HOST PORT REGISTERS MS
#include <errno.h>
#include <modbus.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

static double now_us(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e6 + t.tv_nsec / 1e3;
}

int main(int argc, char **argv) {
  if (argc < 6) return 2;
  int rtu = strcmp(argv[1], "rtu") == 0, number = atoi(argv[3]), count = atoi(argv[4]);
  modbus_t *line = rtu ? modbus_new_rtu(argv[2], number, 'E', 8, 1) : modbus_new_tcp(argv[2], number);
  modbus_set_slave(line, 1);
  modbus_set_response_timeout(line, 2, 0);
  if (modbus_connect(line)) return fprintf(stderr, "%s\n", modbus_strerror(errno)), 1;
  long reads = 0, wrong = 0, most = rtu ? atol(argv[5]) : 1L << 60;
  double begun = now_us(), last = begun, end = rtu ? 1e18 : begun + atof(argv[5]) * 1000;
  uint16_t words[125];
  printf("{\"us\":[");
  while (reads < most && last < end) {
    int offset = reads * 37 % 5000, got = modbus_read_registers(line, offset, count, words);
    if (got < 0) return fprintf(stderr, "%s\n", modbus_strerror(errno)), 1;
    for (int i = 0; i < count; i++)
      if (words[i] != (uint16_t)((uint32_t)(offset + i) * 40503u + 12345u)) { wrong++; break; }
    double now = now_us();
    if (rtu) printf("%s%.1f", reads ? "," : "", now - last);
    last = now;
    reads++;
  }
  struct rusage used;
  getrusage(RUSAGE_SELF, &used);
  double cpu = used.ru_utime.tv_sec * 1e6 + used.ru_utime.tv_usec + used.ru_stime.tv_sec * 1e6 + used.ru_stime.tv_usec;
  printf("],\"reads\":%ld,\"wrong\":%ld,\"ms\":%.3f,\"cpuUs\":%.0f}\n", reads, wrong, (last - begun) / 1000, cpu);
  modbus_close(line);
  return 0;
}
