// A serial line with one Modbus RTU unit (number 1, function 3), on a pseudo terminal, at the pace of its baud rate.
// usage: pacedBus BAUD [BYTES]: hands over so many bytes at once, as a UART with a buffer does, 1 if not said; the
// end of a frame is always on time. First line out: the path to open. At the end of stdin: counts as JSON.
#define _GNU_SOURCE
#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

static double now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1e9 + t.tv_nsec;
}

static uint16_t crc16(const uint8_t *bytes, int length) {
  uint16_t crc = 0xffff;
  for (int i = 0; i < length; i++) {
    crc ^= bytes[i];
    for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >> 1) ^ 0xa001 : crc >> 1;
  }
  return crc;
}

static int reply_to(const uint8_t *request, uint8_t *reply) {
  uint16_t crc = crc16(request, 6);
  if (request[0] != 1 || request[1] != 3 || request[6] != (crc & 0xff) || request[7] != crc >> 8) return 0;
  int offset = request[2] << 8 | request[3], count = request[4] << 8 | request[5];
  reply[0] = 1, reply[1] = 3, reply[2] = count * 2;
  for (int i = 0; i < count; i++) {
    uint16_t value = (uint32_t)(offset + i) * 40503u + 12345u;
    reply[3 + i * 2] = value >> 8, reply[4 + i * 2] = value & 0xff;
  }
  int length = 3 + count * 2;
  crc = crc16(reply, length);
  reply[length] = crc & 0xff, reply[length + 1] = crc >> 8;
  return length + 2;
}

int main(int argc, char **argv) {
  double baud = argc > 1 ? atof(argv[1]) : 9600;
  double char_ns = 11e9 / baud, silent_ns = baud > 19200 ? 1.75e6 : 3.5 * char_ns;
  int at_once = argc > 2 ? atoi(argv[2]) : 1;
  int master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
  if (master < 0 || grantpt(master) || unlockpt(master)) return perror("pty"), 1;
  // Held open here too, so that the line stays when a client leaves.
  int slave = open(ptsname(master), O_RDWR | O_NOCTTY);
  struct termios raw;
  tcgetattr(slave, &raw);
  cfmakeraw(&raw);
  tcsetattr(slave, TCSANOW, &raw);
  // A line does not wait for other programs. Where the right is missing, it does.
  sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 10});
  prctl(PR_SET_TIMERSLACK, 1);
  puts(ptsname(master));
  fflush(stdout);

  uint8_t request[256], reply[260];
  int received = 0, length = 0, sent = 0;
  double begun = 0, start = 0, ended = 0, first = 0;
  long requests = 0, early = 0, broken = 0;
  for (;;) {
    struct pollfd fds[2] = {{.fd = master, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
    struct timespec wait = {0, 0};
    int next = sent + at_once < length ? sent + at_once : length;
    double left = start + next * char_ns - now_ns();
    if (left > 0) wait.tv_sec = left / 1e9, wait.tv_nsec = (long)left % 1000000000;
    ppoll(fds, 2, sent < length ? &wait : NULL, NULL);
    double now = now_ns();
    if (fds[1].revents && read(0, request, sizeof request) <= 0) break;
    if (fds[0].revents & POLLIN) {
      int room = sizeof request - received;
      int got = read(master, request + received, room);
      if (got > 0 && received == 0) {
        begun = now;
        if (sent < length || (ended > 0 && now - ended < silent_ns)) early++;
        sent = length = 0;
      }
      if (got > 0) received += got;
      if (received >= 8) {
        if (requests++ == 0) first = begun;
        length = reply_to(request, reply);
        if (length == 0) broken++;
        sent = received = 0;
        // The pseudo terminal hands over the request at once; the wire would have been busy with it.
        start = begun + 8 * char_ns + silent_ns;
      }
    }
    int due = (now - start) / char_ns;
    if (due > length) due = length;
    if (sent < length && due >= next && next > sent) {
      int done = write(master, reply + sent, due - sent);
      if (done > 0) sent += done;
      if (sent == length) ended = now_ns();
    }
  }
  double ms = (begun - first) / 1e6;
  printf("{\"requests\":%ld,\"early\":%ld,\"broken\":%ld,\"ms\":%.3f}\n", requests, early, broken, ms);
  return 0;
}
