import { BlockList, isIP } from "node:net";

/** Ranges of IPv4 that are not the public Internet (IANA special-purpose registry, with multicast and class E). */
const SPECIAL_V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const;

/** Inside global unicast: what leads back to IPv4 (Teredo, 6to4), documentation, and other special purposes. */
const SPECIAL_V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const special = new BlockList();
for (const [net, bits] of SPECIAL_V4) special.addSubnet(net, bits, "ipv4");
for (const [net, bits] of SPECIAL_V6) special.addSubnet(net, bits, "ipv6");

/** All of IPv6 that is routed publicly; loopback, mapped, NAT64, unique local, link-local and multicast lie outside. */
const unicast = new BlockList();
unicast.addSubnet("2000::", 3, "ipv6");

/** Whether an address is a host of the public Internet. Whatever is no address is not. */
export function isPublicAddress(address: string): boolean {
  const plain = address.split("%")[0] ?? "";
  switch (isIP(plain)) {
    case 4:
      return !special.check(plain, "ipv4");
    case 6:
      return unicast.check(plain, "ipv6") && !special.check(plain, "ipv6");
    default:
      return false;
  }
}
