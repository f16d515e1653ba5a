// A device some way off: each read of function 3 is answered DISTANCE µs after it came, and WORK µs after the answer
// before it, whichever is later; beyond 16 unanswered it says that it is busy. One connection at a time.
// usage: slowServer DISTANCE WORK. First line out: the port. When stdin ends: JSON, the busy answers and the most unanswered.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { places = 64, takes = 16 };
static struct { uint8_t head[12]; int64_t due; } queue[places];
static int first, waiting, most;
static long busy;

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static void answer(int peer, const uint8_t *request) {
  uint8_t out[9 + 250];
  int offset = request[8] << 8 | request[9], count = request[11];
  memcpy(out, request, 8);
  out[4] = 0, out[5] = 3 + count * 2, out[8] = count * 2;
  for (int i = 0; i < count; i++) {
    uint16_t value = (uint32_t)(offset + i) * 40503u + 12345u;
    out[9 + i * 2] = value >> 8, out[10 + i * 2] = value & 0xff;
  }
  if (write(peer, out, 9 + count * 2) < 0) waiting = 0;
}

static void refuse(int peer, const uint8_t *request) {
  uint8_t out[9] = {request[0], request[1], 0, 0, 0, 3, request[6], request[7] | 0x80, 6};
  busy++;
  if (write(peer, out, sizeof out) < 0) waiting = 0;
}

int main(int argc, char **argv) {
  if (argc < 3) return 2;
  int64_t distance = atol(argv[1]) * 1000LL, work = atol(argv[2]) * 1000LL, last = 0;
  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1, peer = -1, held = 0;
  static uint8_t in[4096];
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof place;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  prctl(PR_SET_TIMERSLACK, 1000);
  signal(SIGPIPE, SIG_IGN);
  if (bind(server, (void *)&place, size) || listen(server, 4)) return perror("listen"), 1;
  getsockname(server, (void *)&place, &size);
  printf("%d\n", ntohs(place.sin_port));
  fflush(stdout);
  for (;;) {
    int64_t left = waiting ? queue[first].due - now_ns() : 1000000000;
    struct timespec wait = {.tv_sec = left / 1000000000, .tv_nsec = left > 0 ? left % 1000000000 : 0};
    struct pollfd of[2] = {{.fd = 0, .events = POLLIN}, {.fd = peer < 0 ? server : peer, .events = POLLIN}};
    if (left > 0) ppoll(of, 2, &wait, NULL);
    while (waiting && queue[first].due <= now_ns()) {
      answer(peer, queue[first].head);
      if (waiting) first = (first + 1) % places, waiting--;
    }
    if (of[0].revents) break;
    if (!(of[1].revents)) continue;
    if (peer < 0) {
      peer = accept(server, NULL, NULL);
      setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
      continue;
    }
    int got = read(peer, in + held, sizeof in - held), at = 0;
    if (got <= 0) {
      close(peer), peer = -1, held = waiting = 0;
      continue;
    }
    for (held += got; held - at >= 12; at += 12) {
      if (waiting >= takes) {
        refuse(peer, in + at);
        continue;
      }
      int64_t soonest = now_ns() + distance + work;
      last = soonest > last + work ? soonest : last + work;
      int free = (first + waiting++) % places;
      memcpy(queue[free].head, in + at, 12);
      queue[free].due = last;
      if (waiting > most) most = waiting;
    }
    memmove(in, in + at, held -= at);
  }
  printf("{\"busy\":%ld,\"most\":%d}\n", busy, most);
  return 0;
}
