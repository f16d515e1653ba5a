// A Modbus TCP server that does the least: function 3, one connection at a time; what came in one read is answered by
// one write. usage: rawServer. First line out: the port. Ends with the process that started it.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <unistd.h>

static uint8_t in[4096], out[(sizeof in / 12 + 1) * 259];

static void serve(int peer) {
  int held = 0, got;
  while ((got = read(peer, in + held, sizeof in - held)) > 0) {
    held += got;
    int at = 0, made = 0;
    for (; held - at >= 12; at += 12) {
      uint8_t *request = in + at, *answer = out + made;
      int offset = request[8] << 8 | request[9], count = request[11];
      memcpy(answer, request, 8);
      answer[4] = 0, answer[5] = 3 + count * 2, answer[8] = count * 2;
      for (int i = 0; i < count; i++) {
        uint16_t value = (uint32_t)(offset + i) * 40503u + 12345u;
        answer[9 + i * 2] = value >> 8, answer[10 + i * 2] = value & 0xff;
      }
      made += 9 + count * 2;
    }
    if (write(peer, out, made) < 0) return;
    memmove(in, in + at, held -= at);
  }
}

int main(void) {
  int server = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof place;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  signal(SIGPIPE, SIG_IGN);
  if (bind(server, (void *)&place, size) || listen(server, 4)) return perror("listen"), 1;
  getsockname(server, (void *)&place, &size);
  printf("%d\n", ntohs(place.sin_port));
  fflush(stdout);
  for (;;) {
    int peer = accept(server, NULL, NULL);
    setsockopt(peer, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    serve(peer);
    close(peer);
  }
}
