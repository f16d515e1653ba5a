// A Modbus TCP slave as libmodbus makes it: one connection at a time, its registers as every bench unit holds them.
// usage: libmodbusServer. First line out: the port. Ends with the process that started it.
#include <arpa/inet.h>
#include <errno.h>
#include <modbus.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/prctl.h>
#include <sys/socket.h>

int main(void) {
  int listener = socket(AF_INET, SOCK_STREAM, 0), on = 1;
  struct sockaddr_in place = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t size = sizeof place;
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (bind(listener, (void *)&place, size) || listen(listener, 4)) return perror("listen"), 1;
  getsockname(listener, (void *)&place, &size);
  printf("%d\n", ntohs(place.sin_port));
  fflush(stdout);
  modbus_t *slave = modbus_new_tcp("127.0.0.1", ntohs(place.sin_port));
  modbus_mapping_t *registers = modbus_mapping_new(0, 0, 6000, 0);
  for (int i = 0; i < 6000; i++) registers->tab_registers[i] = (uint16_t)((uint32_t)i * 40503u + 12345u);
  for (;;) {
    if (modbus_tcp_accept(slave, &listener) < 0) continue;
    setsockopt(modbus_get_socket(slave), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    uint8_t request[MODBUS_TCP_MAX_ADU_LENGTH];
    for (int got; (got = modbus_receive(slave, request)) >= 0;)
      if (got > 0) modbus_reply(slave, request, got, registers);
    modbus_close(slave);
  }
}
