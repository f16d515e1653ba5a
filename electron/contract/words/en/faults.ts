import type { FaultWords } from "../say.ts";
import { connectReason, exceptionName, neuronError, tlsCause } from "./causes.ts";

export const faults: FaultWords = {
  "line.silent": (f) => ({
    says: `Unit ${f.unit} did not answer within ${f.afterMs} ms.`,
    try: "Check the unit number, the power of the device, the A/B wires and the termination.",
  }),
  "line.badFrame": (f) => ({
    says: `Unit ${f.unit} answered with a damaged frame: ${f.reason}.`,
    try: "Check baud rate and parity first, then termination, shield and whether two devices share the number.",
  }),
  "line.exception": (f) => ({
    says: `Unit ${f.unit} refused: ${exceptionName(f.exception)}.`,
    try:
      f.exception === 2
        ? "The device has no such register. Compare with its manual; many manuals count from 1."
        : "Look at the device's own display or manual for this exception.",
  }),
  "line.taken": (f) => ({
    says: `Another master is talking on this line (${f.frames} frames, units ${f.units}).`,
    try: "Nothing was sent. Stop the other master, or unplug it, and try again.",
  }),
  "line.busy": (f) => ({
    says: `${f.port} is in use by another program.`,
    try: "Close the other program (a Modbus tool, a terminal) and try again.",
  }),
  "line.noPermission": (f) => ({
    says: `This user may not open ${f.port}.`,
    try:
      f.group === ""
        ? "Ask for the right to use serial ports."
        : `Add the user to the group ${f.group} and sign in again: sudo usermod -aG ${f.group} $USER`,
  }),
  "line.portMissing": (f) => ({
    says: `There is no port ${f.port}.`,
    try: "Plug the adapter in, or choose another port. The list shows what is there now.",
  }),
  "line.lost": (f) => ({
    says: `${f.port} went away while it was in use.`,
    try: "Check the USB plug and its cable, then start again.",
  }),
  "line.unreachable": (f) => ({
    says: `Nothing answers at ${f.host}, port ${f.port}: ${f.reason}.`,
    try: "Check the IP address, the cable, and that the laptop is in the same network. Modbus TCP is usually port 502.",
  }),
  "gateway.unreachable": (f) => ({
    says: `The gateway at ${f.url} does not answer: ${f.reason}.`,
    try: "Check its power and cable, and that the laptop has an address in its network. Neuron listens on port 7000.",
  }),
  "gateway.loginRefused": (f) => ({
    says: `The gateway at ${f.url} does not know user ${f.user} with this password.`,
    try: "Type it again. If it was never changed, it is the one printed in the gateway's manual.",
  }),
  "gateway.signedOut": (f) => ({
    says: `The gateway at ${f.url} has ended the session.`,
    try: "Sign in again. This happens after an hour, or when the gateway was restarted.",
  }),
  "gateway.refused": (f) => ({
    says: `The gateway refused ${f.call}: ${neuronError(f.error)} (status ${f.status}, error ${f.error}).`,
    try: "Compare the site with the gateway's version and plugins. Nothing was left half done.",
  }),
  "gateway.unexpected": (f) => ({
    says: `The gateway's reply to ${f.call} does not fit: ${f.reason}.`,
    try: "Check that this address is a Neuron gateway and which version it runs.",
  }),
  "gateway.differs": (f) => ({
    says: `The gateway holds another configuration than was sent (${f.differences} differences).`,
    try: "The previous configuration is put back. Look at the differences before you try again.",
  }),
  "gateway.unhealthy": (f) => ({
    says: `Node ${f.node} did not come up on the gateway: ${f.reason}.`,
    try: "Check that the line is plugged into the gateway and that its port and settings are the same as here.",
  }),
  "gateway.rolledBack": (f) => ({
    says: `The change was not kept (${f.because}). The gateway runs its previous configuration again.`,
    try: "Correct the cause and apply again. Nothing on the gateway was lost.",
  }),
  "gateway.rollbackFailed": (f) => ({
    says: `The change failed and the previous configuration could not be put back: ${f.because}.`,
    try: "Do not leave the site. The snapshot is kept here: sign in again and apply it.",
  }),
  "uplink.nameUnknown": (f) => ({
    says: `No name server knows ${f.host}.`,
    try: "Check the spelling and the name server of this network, or use the broker's IP address.",
  }),
  "uplink.unreachable": (f) => ({
    says: `${f.host}, port ${f.port}, cannot be reached: ${f.reason}.`,
    try: "Check the modem and the firewall. MQTT uses port 1883, with TLS 8883.",
  }),
  "uplink.tlsFailed": (f) => ({
    says: `No secure connection to ${f.host}: ${tlsCause(f.cause)[0]}.`,
    try: tlsCause(f.cause)[1],
  }),
  "uplink.connectRefused": (f) => ({
    says: `The broker ${f.host} refused the connection: ${connectReason(f.reason, f.cause)}.`,
    try: "Check user name, password and client id with whoever runs the broker.",
  }),
  "uplink.subscribeDenied": (f) => ({
    says: `The broker does not allow reading topic ${f.topic}.`,
    try: "Ask for a rule that lets this user subscribe to it.",
  }),
  "uplink.publishDenied": (f) => ({
    says: `The broker does not allow publishing to ${f.topic} (reason ${f.reason}).`,
    try: "Ask for a rule that lets this user publish to it.",
  }),
  "uplink.publishNotSeen": (f) => ({
    says: `A message to ${f.topic} was sent but did not come back within ${f.afterMs} ms.`,
    try: "Most likely the broker drops it: ask for the right to publish to this topic. Brokers of MQTT 3.1.1 do not say so.",
  }),
  "uplink.closed": (f) => ({
    says: `The broker ${f.host} closed the connection.`,
    try: "Another client with the same client id, or a broken link. Check the client id first.",
  }),
  "file.unreadable": (f) => ({
    says: `${f.path} cannot be read: ${f.reason}.`,
    try: "Check the stick or drive and the rights on the file.",
  }),
  "file.unwritable": (f) => ({
    says: `${f.path} cannot be written: ${f.reason}.`,
    try: "Check free space and rights, or save to another folder. The previous file is still there.",
  }),
  "file.locked": (f) => ({
    says: `${f.path} is open in another Lastmile (${f.by}).`,
    try: "Close it there first. If that computer crashed, wait half a minute and open it again.",
  }),
  "journal.broken": (f) => ({
    says: `The evidence ${f.path} was changed at line ${f.line}: its chain does not hold.`,
    try: "The site opens read-only. Keep the file as it is, and start a new visit in a copy.",
  }),
  "secrets.unavailable": (f) => ({
    says: `This system offers no safe place for passwords: ${f.reason}.`,
    try: "Passwords are kept until Lastmile closes, and asked for again.",
  }),
  "pipe.closed": () => ({
    says: "The connection to the workbench was lost.",
    try: "It reconnects by itself. If it does not, start Lastmile again; running jobs are kept.",
  }),
  "pipe.outdated": () => ({
    says: "This page is older than the workbench behind it.",
    try: "Reload the page.",
  }),
  internal: (f) => ({
    says: `Lastmile made a mistake: ${f.reason}.`,
    try: "Try once more. If it comes again, send this sentence to whoever looks after Lastmile.",
  }),
};
