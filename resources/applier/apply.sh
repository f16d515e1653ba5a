#!/bin/sh
# Takes a Lastmile bundle from a stick and puts it on the gateway on which this runs, or leaves everything as it was.
# Needs a POSIX shell with the usual tools (BusyBox has them), curl, and openssl 3.
#
#   apply.sh pair SERIAL ROOT.dsse SITE-ID SITE-NAME   once: makes the gateway's key, pins its owner's root
#   apply.sh check BUNDLE                              verifies and touches nothing
#   apply.sh apply BUNDLE [RECEIPT]                    verifies, snapshots, applies, checks, or rolls back
#   apply.sh recover                                   after a power cut; `apply` does it by itself first
#
# LASTMILE_STATE     what it remembers: key, root, accepted bundles; /var/lib/lastmile
# LASTMILE_GATEWAY   Neuron's address; http://127.0.0.1:7000
# LASTMILE_USER, LASTMILE_PASSWORD     its account; admin, 0000
# LASTMILE_HEALTH_SECONDS    how long nodes may take to reach their devices; 30
# LASTMILE_CLOCK     "synced" where the gateway's clock can be believed; its time then counts against expiry
#
# Exit: 0 done, 2 usage, 3 the gateway failed, 4 another one runs, 5 rolled back, 6 rollback failed: run recover;
# from 10 on the bundle is refused, one number a reason (see `refuse`), nothing was touched.
set -u
umask 077
LC_ALL=C
export LC_ALL
unset CDPATH

state=${LASTMILE_STATE:-/var/lib/lastmile}
gateway=${LASTMILE_GATEWAY:-http://127.0.0.1:7000}
work=$state/work
token=
sick=
tab=$(printf '\t')

say() { printf '%s\n' "$*" >&2; }

# refuse WORD [DETAIL]: the words are those that Lastmile itself uses.
refuse() {
  case $1 in
    bundle.malformed) code=10 ;; bundle.truncated) code=11 ;; bundle.tooLarge) code=12 ;;
    bundle.pathUnsafe) code=13 ;; bundle.unsigned) code=14 ;; bundle.signatureInvalid) code=15 ;;
    bundle.tampered) code=16 ;; bundle.fileExtra) code=17 ;; bundle.formatOld) code=18 ;;
    bundle.seqOutOfRange) code=19 ;; bundle.incompatible) code=20 ;; bundle.sealed) code=21 ;;
    trust.chainMissing) code=30 ;; trust.chainBroken) code=31 ;; trust.rootWrong) code=32 ;;
    trust.revoked) code=33 ;; trust.expired) code=34 ;; trust.scopeExceeded) code=35 ;;
    trust.bundleExpired) code=36 ;; trust.otherGateway) code=37 ;; trust.otherSite) code=38 ;;
    trust.siteNameDiffers) code=39 ;; trust.seqOld) code=40 ;; trust.seqJump) code=41 ;;
    trust.prevDiffers) code=42 ;; trust.configDiffers) code=43 ;; *) code=99 ;;
  esac
  say "refused: $*"
  exit "$code"
}

fail() { say "failed: $*"; exit 3; }

# --- files that outlive a power cut ---------------------------------------------------------------------------

flush() { sync "$@" 2>/dev/null || sync; }

# put FILE: standard input becomes FILE whole or not at all. Ends the script, but at the end of a pipe only the pipe.
put() {
  { cat >"$1.new" && flush "$1.new" && mv -f "$1.new" "$1" && flush "${1%/*}"; } || fail "cannot write $1"
}

drop() { rm -f "$@" && flush "$state"; }

bootId() { cat /proc/sys/kernel/random/boot_id 2>/dev/null || echo unknown; }

# A symbolic link is made at once with what it says; one of a process that is gone, or of another boot, is stale.
lock() {
  mkdir -p "$state" || fail "cannot write $state"
  me="$$.$(bootId)"
  until ln -s "$me" "$state/lock" 2>/dev/null; do
    holder=$(readlink "$state/lock") || continue
    if [ "${holder#*.}" = "$(bootId)" ] && kill -0 "${holder%%.*}" 2>/dev/null; then
      say "another one runs"
      exit 4
    fi
    rm -f "$state/lock"
  done
  trap 'rm -rf "$work"; rm -f "$state/lock"' EXIT
  trap 'exit 3' HUP INT TERM
  rm -rf "$work"
  mkdir -p "$work/f"
}

# --- JSON -----------------------------------------------------------------------------------------------------

# flatten <JSON: one line a scalar, `path<TAB>value`, strings with their quotes; fails on anything but JSON.
flatten() {
  grep -oE '"([^"\\]|\\.)*"|[][{}:,]|[^][{}:," 	]+' | awk '
    function bad() { failed = 1; exit 1 }
    function place(  path, i) {
      for (i = 1; i <= depth; i++) path = path (i > 1 ? "." : "") (kind[i] == "{" ? key[i] : item[i])
      return path
    }
    function ended() { want = depth > 0 ? "next" : "nothing" }
    BEGIN { want = "value" }
    {
      if (want == "firstValue" && $0 == "]") { depth--; ended() }
      else if (want == "value" || want == "firstValue") {
        if ($0 == "{") { kind[++depth] = "{"; want = "firstKey" }
        else if ($0 == "[") { kind[++depth] = "["; item[depth] = 0; want = "firstValue" }
        else if ($0 ~ /^("|-?[0-9])/ || $0 == "true" || $0 == "false" || $0 == "null") {
          path = place()
          if (path in seen) bad()
          seen[path] = 1
          print path "\t" $0
          ended()
        } else bad()
      }
      else if (want == "firstKey" && $0 == "}") { depth--; ended() }
      else if (want == "firstKey" || want == "key") {
        if ($0 !~ /^"/) bad()
        key[depth] = substr($0, 2, length($0) - 2)
        want = ":"
      }
      else if (want == ":") { if ($0 != ":") bad(); want = "value" }
      else if (want == "next" && $0 == ",") {
        if (kind[depth] == "[") { item[depth]++; want = "value" } else want = "key"
      }
      else if (want == "next" && $0 == (kind[depth] == "{" ? "}" : "]")) { depth--; ended() }
      else bad()
    }
    END { if (failed || want != "nothing") exit 1 }'
}

# member PATH FLAT: the raw value.  text PATH FLAT: a string without its quotes.  list PATH FLAT: an array of strings.
member() { awk -F "$tab" -v path="$1" '$1 == path { print $2 }' "$2"; }
text() { member "$1" "$2" | sed 's/^"//;s/"$//'; }
list() { awk -F "$tab" -v path="$1." 'index($1, path) == 1 { print $2 }' "$2" | sed 's/^"//;s/"$//'; }

# --- signatures -----------------------------------------------------------------------------------------------

sha256() { openssl dgst -sha256 -r | cut -c1-64; }

decode() { fold -w 64 | openssl base64 -d; }

# Exactly the base64 that encodes what it decodes to: a flipped bit that no decoder looks at is still a change.
decodeExactly() {
  printf '%s\n' "$1" | decode >"$2" 2>/dev/null && [ "$(openssl base64 -A <"$2")" = "$1" ]
}

# verify KEY FILE SIGNATURE: Ed25519; the bytes in front are the DER head of a public key (RFC 8410).
verify() {
  { printf '\060\052\060\005\006\003\053\145\160\003\041\000'; printf '%s\n' "$1" | decode; } >"$work/key.der"
  openssl pkeyutl -verify -rawin -pubin -keyform DER -inkey "$work/key.der" -in "$2" -sigfile "$3" \
    >/dev/null 2>&1
}

# openEnvelope FILE TYPE NAME: DSSE as Lastmile prints it. Leaves NAME.json, NAME.flat, NAME.pae and NAME.sigs
# (lines `KEY FILE`) in the work folder.
openEnvelope() {
  awk -v type="$2" '
    function bad() { failed = 1; exit 1 }
    { last = $0 }
    NR == 1 { if ($0 != "{") bad(); next }
    NR == 2 { if ($0 != "  \"payloadType\": \"" type "\",") bad(); next }
    NR == 3 { if ($0 !~ /^  "payload": "[A-Za-z0-9+\/=]*",$/) bad(); print substr($0, 15, length($0) - 16); next }
    NR == 4 && $0 == "  \"signatures\": []" { at = "end"; next }
    NR == 4 { if ($0 != "  \"signatures\": [") bad(); at = "open"; next }
    at == "open" { if ($0 != "    {") bad(); at = "key"; next }
    at == "key" { if ($0 !~ /^      "keyid": "[A-Za-z0-9+\/=]*",$/) bad(); key = substr($0, 17, length($0) - 18); at = "sig"; next }
    at == "sig" { if ($0 !~ /^      "sig": "[A-Za-z0-9+\/=]*"$/) bad(); print key " " substr($0, 15, length($0) - 15); at = "close"; next }
    at == "close" && $0 == "    }," { at = "open"; next }
    at == "close" && $0 == "    }" { at = "list"; next }
    at == "list" { if ($0 != "  ]") bad(); at = "end"; next }
    at == "end" { if ($0 != "}") bad(); at = "over"; next }
    { bad() }
    END { if (failed || at != "over") exit 1 }' "$1" >"$work/envelope" || return 1
  IFS= read -r payload <"$work/envelope"
  decodeExactly "$payload" "$work/$3.json" || return 1
  flatten <"$work/$3.json" >"$work/$3.flat" || return 1
  {
    printf 'DSSEv1 %d %s %d ' "${#2}" "$2" "$(wc -c <"$work/$3.json")"
    cat "$work/$3.json"
  } >"$work/$3.pae"
  : >"$work/$3.sigs"
  number=0
  sed 1d "$work/envelope" >"$work/signatures"
  while read -r key signature; do
    number=$((number + 1))
    decodeExactly "$signature" "$work/$3.sig$number" || return 1
    printf '%s %s\n' "$key" "$work/$3.sig$number" >>"$work/$3.sigs"
  done <"$work/signatures"
}

# signers NAME <KEYS: how many different ones of the keys signed the envelope.
signers() {
  sort -u | while IFS= read -r wanted; do
    while read -r key signature; do
      [ "$key" = "$wanted" ] && verify "$wanted" "$work/$1.pae" "$signature" && echo good && break
    done <"$work/$1.sigs"
  done | wc -l
}

# --- the archive ----------------------------------------------------------------------------------------------

# header <512 BYTES: `size<TAB>name`, `end`, or the word of what is wrong. Only what Lastmile writes is taken.
header() {
  od -An -v -tu1 | awk '
    function wrong(word) { print "!" word; over = 1; exit }
    function at(from, to, what,  i, text) {
      for (i = from; i <= to; i++) text = text (b[i] ? sprintf("%c", b[i]) : "0")
      return text == what
    }
    function zeros(from, to,  i) { for (i = from; i <= to; i++) if (b[i]) return 0; return 1 }
    { for (i = 1; i <= NF; i++) b[n++] = $i + 0 }
    END {
      if (over) exit
      if (zeros(0, n - 1) && n) { print "end"; exit }
      if (n < 512) { print "!bundle.truncated"; exit }
      for (i = 0; i < 100 && b[i]; i++) { if (b[i] > 126) wrong("bundle.malformed"); name = name sprintf("%c", b[i]) }
      for (i = 124; i < 135; i++) { if (b[i] < 48 || b[i] > 55) wrong("bundle.malformed"); size = size * 8 + b[i] - 48 }
      if (b[135]) wrong("bundle.malformed")
      if (name !~ /^[A-Za-z0-9_-][A-Za-z0-9._-]*(\/[A-Za-z0-9_-][A-Za-z0-9._-]*)*$/) wrong("bundle.pathUnsafe")
      for (i = 0; i < 512; i++) sum += i >= 148 && i < 156 ? 32 : b[i]
      for (i = 148; i < 154; i++) told = told * 8 + b[i] - 48
      good = zeros(length(name), 99) && at(100, 106, "0000644") && at(108, 114, "0000000") && at(116, 122, "0000000") &&
        at(136, 146, "00000000000") && b[156] == 48 && zeros(157, 256) && at(257, 261, "ustar") && !b[262] &&
        at(263, 264, "00") && zeros(265, 511) && !b[107] && !b[115] && !b[123] && !b[147] && !b[154] && b[155] == 32
      if (!good || sum != told) wrong("bundle.malformed")
      # A zero byte where a digit belongs reads like the digit in `at`.
      for (i = 100; i < 154; i++) if (!b[i] && i != 107 && i != 115 && i != 123 && i != 135 && i != 147) wrong("bundle.malformed")
      if (!b[263] || !b[264]) wrong("bundle.malformed")
      printf "%d\t%s\n", size, name
    }'
}

# unpack: every file into the work folder by its number; `entries` holds `number<TAB>size<TAB>path`.
unpack() {
  length=$(wc -c <"$bundle") || refuse bundle.truncated
  [ "$length" -le 67108864 ] || refuse bundle.tooLarge "more than 64 MiB"
  : >"$work/entries"
  block=0
  number=0
  seen=' '
  while :; do
    found=$(dd if="$bundle" bs=512 skip="$block" count=1 2>/dev/null | header)
    case $found in
      end) break ;;
      !*) refuse "${found#!}" ;;
      '') refuse bundle.truncated ;;
    esac
    size=${found%%"$tab"*}
    path=${found#*"$tab"}
    [ "$number" -lt 256 ] || refuse bundle.tooLarge "more than 256 files"
    case $seen in *" $path "*) refuse bundle.malformed "$path is there twice" ;; esac
    seen="$seen$path "
    blocks=$(((size + 511) / 512))
    [ $(((block + 1 + blocks) * 512)) -le "$length" ] || refuse bundle.truncated
    : >"$work/f/$number"
    if [ "$size" -gt 0 ]; then
      dd if="$bundle" bs=512 skip=$((block + 1)) count="$blocks" 2>/dev/null >"$work/padded"
      head -c "$size" "$work/padded" >"$work/f/$number"
      [ "$(tail -c +$((size + 1)) "$work/padded" | tr -d '\000' | wc -c)" -eq 0 ] || refuse bundle.malformed "$path"
    fi
    printf '%s\t%s\t%s\n' "$number" "$size" "$path" >>"$work/entries"
    number=$((number + 1))
    block=$((block + 1 + blocks))
  done
  [ "$length" -ge $(((block + 2) * 512)) ] || refuse bundle.truncated
  [ "$length" -eq $(((block + 2) * 512)) ] || refuse bundle.malformed "bytes after the end"
  [ "$(dd if="$bundle" bs=512 skip="$block" count=2 2>/dev/null | tr -d '\000' | wc -c)" -eq 0 ] ||
    refuse bundle.malformed "bytes after the end"
}

# place PATH: where unpack left it; nothing where it is not in the bundle.
place() { awk -F "$tab" -v path="$1" -v at="$work/f/" '$3 == path { print at $1 }' "$work/entries"; }

# --- verification ---------------------------------------------------------------------------------------------

type=application/vnd.lastmile
m=$work/manifest.flat

checkSignature() {
  [ "$(sed -n 1p "$work/entries" | cut -f 3)" = manifest.json ] || refuse bundle.malformed "no manifest"
  [ "$(sed -n 2p "$work/entries" | cut -f 3)" = manifest.dsse ] || refuse bundle.unsigned
  opened=
  openEnvelope "$work/f/1" "$type.manifest+json" manifest && opened=yes
  [ "$opened" = yes ] && [ ! -s "$work/manifest.sigs" ] && refuse bundle.unsigned
  flatten <"$work/f/0" >"$m" || refuse bundle.malformed "manifest.json"
  format=$(member format "$m")
  [ "$format" = 1 ] && refuse bundle.formatOld 1
  [ "$format" = 2 ] || refuse bundle.malformed format
  seq=$(member seq "$m")
  case $seq in ''|0*|*[!0-9]*) refuse bundle.malformed seq ;; esac
  { [ "${#seq}" -le 10 ] && awk -v seq="$seq" 'BEGIN { exit seq > 2147483647 }'; } || refuse bundle.seqOutOfRange "$seq"
  issuer=$(text issuer "$m")
  [ "$opened" = yes ] && cmp -s "$work/f/0" "$work/manifest.json" && [ "$(wc -l <"$work/manifest.sigs")" -eq 1 ] &&
    [ "$(printf '%s\n' "$issuer" | signers manifest)" -eq 1 ] || refuse bundle.signatureInvalid
  digest=$(sha256 <"$work/f/0")
}

checkFiles() {
  # `files.N.path`, `.size` and `.sha256` follow each other, as they were printed and signed.
  awk -F "$tab" '/^files\.[0-9]+\.(path|size|sha256)\t/ { gsub(/"/, "", $2); printf "%s%s", $2, $1 ~ /sha256$/ ? "\n" : "\t" }' \
    "$m" >"$work/files"
  sed 1,2d "$work/entries" | cut -f 3 | while IFS= read -r path; do
    cut -f 1 "$work/files" | grep -qxF -e "$path" || echo "$path"
  done >"$work/extra"
  [ -s "$work/extra" ] && refuse bundle.fileExtra "$(cat "$work/extra")"
  while IFS=$tab read -r path size sum; do
    file=$(place "$path")
    [ -n "$file" ] && [ "$(wc -c <"$file")" -eq "$size" ] && [ "$(sha256 <"$file")" = "$sum" ] ||
      refuse bundle.tampered "$path"
  done <"$work/files"
}

# later ONE OTHER: both are times of 24 characters.
later() { [ "$1" != "$2" ] && [ "$(printf '%s\n%s\n' "$1" "$2" | sort | tail -n 1)" = "$1" ]; }

# The newest root that the bundle proves, each signed by the one before it and by itself.
rotateRoot() {
  cp "$state/root.json" "$work/root.json"
  while :; do
    flatten <"$work/root.json" >"$work/root.flat" || fail "root.json is damaged: pair again"
    next=$(($(member version "$work/root.flat") + 1))
    file=$(place "trust/root-$next.dsse")
    [ -n "$file" ] || return 0
    openEnvelope "$file" "$type.root+json" next &&
      [ "$(member version "$work/next.flat")" = "$next" ] &&
      [ "$(list keys "$work/root.flat" | signers next)" -ge "$(member threshold "$work/root.flat")" ] &&
      [ "$(list keys "$work/next.flat" | signers next)" -ge "$(member threshold "$work/next.flat")" ] ||
      refuse trust.chainBroken "trust/root-$next.dsse"
    cp "$work/next.json" "$work/root.json"
  done
}

# link ROLE: opens its delegation; who signed it is for the caller.
link() {
  file=$(place "trust/$1.dsse")
  [ -n "$file" ] || refuse trust.chainMissing "trust/$1.dsse"
  openEnvelope "$file" "$type.delegation+json" "$1" && [ "$(text role "$work/$1.flat")" = "$1" ] ||
    refuse trust.chainBroken "trust/$1.dsse"
}

checkChain() {
  rotateRoot
  link organisation
  [ "$(list keys "$work/root.flat" | signers organisation)" -ge "$(member threshold "$work/root.flat")" ] ||
    refuse trust.rootWrong
  organisation=$(text key "$work/organisation.flat")
  link technician
  [ "$(printf '%s\n' "$organisation" | signers technician)" -eq 1 ] &&
    [ "$(text key "$work/technician.flat")" = "$issuer" ] || refuse trust.chainBroken trust/technician.dsse
  grep '^revoked ' "$state/trusted" | cut -d ' ' -f 2 >"$work/revoked"
  file=$(place trust/revocations.dsse)
  if [ -n "$file" ]; then
    openEnvelope "$file" "$type.revocations+json" revocations &&
      [ "$(printf '%s\n' "$organisation" | signers revocations)" -eq 1 ] ||
      refuse trust.chainBroken trust/revocations.dsse
    list keys "$work/revocations.flat" >>"$work/revoked"
  fi
  sort -u "$work/revoked" >"$work/revokedNow"
  list revoked "$work/root.flat" | cat - "$work/revokedNow" >"$work/refused"
  for role in organisation technician; do
    grep -qxF -e "$(text key "$work/$role.flat")" "$work/refused" && refuse trust.revoked "$role"
  done
  trustedAt=$(sed -n 's/^trustedAt //p' "$state/trusted")
  issuedAt=$(text issuedAt "$m")
  later "$issuedAt" "$trustedAt" && trustedAt=$issuedAt
  now=$trustedAt
  if [ "${LASTMILE_CLOCK:-}" = synced ] && later "$(clock)" "$now"; then now=$(clock); fi
  for role in organisation technician; do
    later "$now" "$(text notAfter "$work/$role.flat")" && refuse trust.expired "$role"
  done
  site=$(text site.id "$m")
  for role in organisation technician; do
    list sites "$work/$role.flat" | grep -qxF -e '*' -e "$site" || refuse trust.scopeExceeded "$role: $site"
    for component in $(list components "$m"); do
      list actions "$work/$role.flat" | grep -qxF -e "apply:$component" ||
        refuse trust.scopeExceeded "$role: apply:$component"
    done
  done
  notAfter=$(text notAfter "$m")
  if [ -n "$notAfter" ] && later "$now" "$notAfter"; then refuse trust.bundleExpired; fi
}

checkGateway() {
  [ "$(text gateway.serial "$m")" = "$(cat "$state/serial")" ] &&
    [ "$(text gateway.keyFingerprint "$m")" = "$(gatewayKey | decode | sha256)" ] || refuse trust.otherGateway
  [ "$site" = "$(sed -n 1p "$state/site")" ] || refuse trust.otherSite
  [ "$(text site.name "$m")" = "$(sed -n 2p "$state/site")" ] || refuse trust.siteNameDiffers
  acceptedSeq=$(sed -n 's/^seq //p' "$state/accepted")
  acceptedDigest=$(sed -n 's/^digest //p' "$state/accepted")
  if [ "$seq" -eq "$acceptedSeq" ] && [ "$digest" = "$acceptedDigest" ]; then return 0; fi
  [ "$seq" -gt "$acceptedSeq" ] || refuse trust.seqOld "$seq, has $acceptedSeq"
  [ "$seq" -le $((acceptedSeq + 1000)) ] || refuse trust.seqJump "$seq, has $acceptedSeq"
  [ "$(text prevDigest "$m")" = "$acceptedDigest" ] || refuse trust.prevDiffers
  config=$(place neuron.json)
  [ -n "$config" ] || refuse bundle.malformed "no neuron.json"
  unseal
}

# --- secrets ----------------------------------------------------------------------------------------------------

hex() { od -An -v -tx1 | tr -d ' \n'; }

zeros() { head -c "$1" /dev/zero; }

# derived SECRET SALT INFO: 32 bytes of HKDF-SHA-256; all but INFO are hex, SALT may be empty.
derived() {
  openssl kdf -keylen 32 -kdfopt digest:SHA256 -kdfopt hexkey:"$1" ${2:+-kdfopt hexsalt:"$2"} -kdfopt info:"$3" HKDF |
    tr -d ':\n' | tr A-F a-f
}

# opened KEY NONCE FILE: what ChaCha20-Poly1305 sealed (RFC 8439); fails when a bit of it was changed.
opened() {
  size=$(($(wc -c <"$3") - 16))
  [ "$size" -ge 0 ] || return 1
  head -c "$size" "$3" >"$work/ciphertext"
  once=$(zeros 32 | openssl enc -chacha20 -K "$1" -iv "00000000$2" | hex)
  {
    cat "$work/ciphertext"
    zeros $(((16 - size % 16) % 16 + 8))
    # shellcheck disable=SC2059
    printf "$(printf '\\%03o\\%03o\\%03o' $((size & 255)) $((size >> 8 & 255)) $((size >> 16 & 255)))"
    zeros 5
  } >"$work/tagged"
  [ "$(openssl mac -macopt hexkey:"$once" -in "$work/tagged" Poly1305 | tr A-F a-f)" = "$(tail -c 16 "$3" | hex)" ] ||
    return 1
  openssl enc -d -chacha20 -K "$1" -iv "01000000$2" -in "$work/ciphertext"
}

# openAge FILE: what age sealed to this gateway (age-encryption.org/v1, X25519, one chunk of at most 64 KiB).
openAge() {
  header=$(sed '/^---/q' "$1")
  [ "$(printf '%s\n' "$header" | sed -n 1p)" = age-encryption.org/v1 ] || return 1
  share=$(printf '%s\n' "$header" | sed -n 's/^-> X25519 //p' | sed -n 1p)
  printf '%s\n' "$header" | sed -n '/^-> X25519 /{n;p;q;}' | padded >"$work/wrapped"
  { printf '\060\052\060\005\006\003\053\145\156\003\041\000'; printf '%s\n' "$share" | padded; } >"$work/share.der"
  shared=$(openssl pkeyutl -derive -inkey "$state/seal.pem" -peerkey "$work/share.der" -peerform DER | hex)
  [ -n "$shared" ] || return 1
  wrapping=$(derived "$shared" "$(tail -c 32 "$work/share.der" | hex)$(sealKey | decode | hex)" age-encryption.org/v1/X25519)
  opened "$wrapping" 000000000000000000000000 "$work/wrapped" >"$work/fileKey" || return 1
  fileKey=$(hex <"$work/fileKey")
  mac=$({ printf '%s\n' "$header" | sed '$d'; printf -- ---; } |
    openssl dgst -sha256 -mac HMAC -macopt hexkey:"$(derived "$fileKey" "" header)" -binary | hex)
  [ "$mac" = "$(printf '%s\n' "$header" | sed -n 's/^--- //p' | padded | hex)" ] || return 1
  tail -c +$(($(printf '%s\n' "$header" | wc -c) + 1)) "$1" >"$work/payload"
  tail -c +17 "$work/payload" >"$work/chunk"
  [ "$(wc -c <"$work/chunk")" -le 65552 ] || return 1
  opened "$(derived "$fileKey" "$(head -c 16 "$work/payload" | hex)" payload)" 000000000000000000000001 "$work/chunk"
}

# Base64 without its padding, as age writes it.
padded() {
  read -r line
  case $((${#line} % 4)) in 2) line=$line== ;; 3) line=$line= ;; esac
  printf '%s\n' "$line" | decode
}

# Puts the secrets that came sealed to this gateway where the configuration has their marks, one a line in that order.
# A mark that stayed would be set as a password.
unseal() {
  marks=$(grep -oF '"(sealed)"' "$config" | wc -l)
  [ "$marks" -gt 0 ] || return 0
  secrets=$(place secrets.age)
  [ -n "$secrets" ] && [ -f "$state/seal.pem" ] && openAge "$secrets" >"$work/secrets" || refuse bundle.sealed
  [ "$(wc -l <"$work/secrets")" -eq "$marks" ] || refuse bundle.sealed
  awk -v secrets="$work/secrets" '
    {
      line = $0
      while (at = index(line, "\"(sealed)\"")) {
        getline secret <secrets
        printf "%s%s", substr(line, 1, at - 1), secret
        line = substr(line, at + 10)
      }
      print line
    }' "$config" >"$work/unsealed"
  config=$work/unsealed
}

verifyBundle() {
  [ -r "$bundle" ] || { say "cannot read $bundle"; exit 2; }
  [ -f "$state/root.json" ] && [ -f "$state/trusted" ] && [ -f "$state/accepted" ] || fail "not paired"
  unpack
  checkSignature
  checkFiles
  checkChain
  checkGateway
}

# --- the gateway ----------------------------------------------------------------------------------------------

clock() { date -u +%Y-%m-%dT%H:%M:%S.000Z; }

# The public key, base64: the last 32 bytes of its DER form.
gatewayKey() { openssl pkey -in "$state/gateway.pem" -pubout -outform DER | tail -c 32 | openssl base64; }

# The public key that secrets for this gateway are sealed to, base64.
sealKey() { openssl pkey -in "$state/seal.pem" -pubout -outform DER | tail -c 32 | openssl base64; }

# call METHOD PATH [FILE]: 0 when Neuron took it; the answer is in `reply`. The token is in no list of processes.
call() {
  if [ $# -gt 2 ]; then set -- "$1" "$2" --data-binary "@$3"; fi
  method=$1
  url=$gateway/api/v2/$2
  shift 2
  status=$(printf 'header = "Authorization: Bearer %s"\n' "$token" |
    curl -sS -K - --noproxy '*' --max-time 120 -o "$work/reply" -w '%{http_code}' -X "$method" "$@" "$url" \
      2>"$work/curl") || return 1
  [ "$status" = 200 ] || return 1
  [ "$(wc -c <"$work/reply")" -gt 200 ] || ! grep -qE '"error": *[1-9]' "$work/reply"
}

# escaped TEXT: for between the quotes of a JSON string.
escaped() { printf '%s\n' "$1" | sed 's/[\\"]/\\&/g'; }

signIn() {
  {
    printf '{"name":"%s",' "$(escaped "${LASTMILE_USER:-admin}")"
    printf '"pass":"%s"}' "$(escaped "${LASTMILE_PASSWORD:-0000}")"
  } >"$work/login"
  call POST login "$work/login" && token=$(flatten <"$work/reply" | awk -F "$tab" '$1 == "token" { print $2 }' | tr -d '"')
  rm -f "$work/login"
  [ -n "$token" ] || return 1
  call GET version && neuron=$(flatten <"$work/reply" | awk -F "$tab" '$1 == "version" { print $2 }' | tr -d '"')
}

# read into FILE what the gateway is configured to do
export_() { call GET global/config && cp "$work/reply" "$1"; }

# A digest that tells nothing of the passwords in the configuration.
digestOf() {
  sed -E 's/("[A-Za-z_-]*([Pp]ass|[Pp]assword|[Pp]assphrase|[Pp]asswd|[Kk]ey|[Ss]ecret|[Tt]oken|[Pp]rivate)[A-Za-z_-]*" *: *)"([^"\\]|\\.)*"/\1"(sealed)"/g' "$1" | sha256
}

# The export leaves engineering units out (measured on 2.15.1), so groups that have some are kept apart, each as the
# body that puts them back.
snapshotUnits() {
  rm -rf "$state/units"
  mkdir -p "$state/units"
  flatten <"$state/snapshot.json" | awk -F "$tab" '
    /^groups\.[0-9]+\.driver\t/ { driver = $2 }
    /^groups\.[0-9]+\.group\t/ { print driver "\t" $2 }' >"$work/groups"
  number=0
  while IFS=$tab read -r driver group; do
    number=$((number + 1))
    query="node=$(encoded "$driver")&group=$(encoded "$group")"
    call GET "tags?$query" || return 1
    grep -qE '"unit": *"[^"]' "$work/reply" || continue
    { printf '{"node":%s,"group":%s,' "$driver" "$group"; sed '1s/^ *{//' "$work/reply"; } >"$state/units/$number" &&
      flush "$state/units/$number" || return 1
  done <"$work/groups"
  flush "$state/units"
}

# encoded JSON-STRING: for a query.
encoded() {
  printf '%s' "$1" | sed 's/^"//;s/"$//;s/\\\(["\\\/]\)/\1/g' | od -An -v -tx1 | tr -d '\n' | sed 's/ /%/g'
}

# restore: the snapshot runs again, told by its digest.
restore() {
  if grep -qE '"nodes": *\[ *\]' "$state/snapshot.json"; then
    # Nothing ran there, and the import takes no empty configuration.
    call GET node/state || return 1
    flatten <"$work/reply" | awk -F "$tab" '/^states\.[0-9]+\.node\t/ { print $2 }' >"$work/nodes"
    while IFS= read -r node; do
      [ "$node" = '"monitor"' ] && continue
      printf '{"name":%s}' "$node" >"$work/body"
      call DELETE node "$work/body" || return 1
    done <"$work/nodes"
  else
    call PUT global/config "$state/snapshot.json" || return 1
  fi
  for file in "$state/units"/*; do
    [ -f "$file" ] || continue
    call PUT tags "$file" || return 1
  done
  export_ "$work/after" || return 1
  [ "$(digestOf "$work/after")" = "$(digestOf "$state/snapshot.json")" ]
}

# healthy: every check of the manifest holds; `sick` names the first that does not.
healthy() {
  export_ "$work/after" && flatten <"$work/after" >"$work/after.flat" || { sick=export; return 1; }
  call GET node/state && flatten <"$work/reply" >"$work/states" || { sick=states; return 1; }
  number=0
  while :; do
    check=$(text "healthChecks.$number.check" "$m")
    [ -n "$check" ] || return 0
    sick="$check $number"
    node=$(member "healthChecks.$number.node" "$m")
    case $check in
      counts)
        awk -F "$tab" '
          /^nodes\.[0-9]+\.name\t/ && $2 != "\"monitor\"" { nodes++ }
          /^groups\.[0-9]+\.group\t/ { groups++ }
          /^tags\.[0-9]+\.tags\.[0-9]+\.name\t/ { tags++ }
          END { print nodes + 0, groups + 0, tags + 0 }' "$work/after.flat" >"$work/counts"
        [ "$(cat "$work/counts")" = "$(member "healthChecks.$number.nodes" "$m") $(member "healthChecks.$number.groups" "$m") $(member "healthChecks.$number.tags" "$m")" ] || return 1
        ;;
      node)
        printf '%s' "$node" >"$work/node"
        awk -F "$tab" '
          FILENAME != ARGV[2] { wanted = $0; next }
          { split($1, part, ".") }
          part[3] == "node" { here = $2 == wanted }
          here && part[3] == "running" && $2 == 3 { runs = 1 }
          here && part[3] == "link" && $2 == 1 { linked = 1 }
          END { exit !(runs && linked) }' "$work/node" "$work/states" || return 1
        ;;
      group)
        printf '{"node":%s,"group":%s}' "$node" "$(member "healthChecks.$number.group" "$m")" >"$work/body"
        call POST read "$work/body" || return 1
        good=$(flatten <"$work/reply" | awk -F "$tab" '/^tags\.[0-9]+\.name\t/ { all++ } /^tags\.[0-9]+\.error\t/ { bad++ } END { print all - bad }')
        [ "$good" -ge "$(member "healthChecks.$number.good" "$m")" ] || return 1
        ;;
      *) return 1 ;;
    esac
    number=$((number + 1))
  done
}

waitForHealth() {
  end=$(($(date +%s) + ${LASTMILE_HEALTH_SECONDS:-30}))
  until healthy; do
    [ "$(date +%s)" -lt "$end" ] || return 1
    sleep 1
  done
}

# --- what is left behind --------------------------------------------------------------------------------------

intentOf() { sed -n "s/^$1 //p" "$state/intent"; }

# receipt OUTCOME BECAUSE: about the intent, signed with the gateway's key, kept here and written to the stick.
receipt() {
  counter=$(($(cat "$state/counter" 2>/dev/null || echo 0) + 1))
  echo "$counter" | put "$state/counter" || exit 3
  after=$(digestOf "$work/after")
  {
    printf '{\n  "format": 1,\n  "bundle": "%s",\n  "seq": %d,\n' "$(intentOf digest)" "$(intentOf seq)"
    printf '  "gateway": {\n    "serial": "%s",\n    "key": "%s"\n  },\n' "$(cat "$state/serial")" "$(gatewayKey)"
    printf '  "outcome": "%s",\n  "because": "%s",\n' "$1" "$2"
    printf '  "configBefore": "%s",\n  "configAfter": "%s",\n' "$(intentOf before)" "$after"
    printf '  "neuron": "%s",\n  "bootId": "%s",\n  "counter": %d,\n' "$neuron" "$(bootId)" "$counter"
    printf '  "at": "%s",\n  "clock": "%s",\n  "attestedBy": "gateway"\n}\n' "$(clock)" \
      "$([ "${LASTMILE_CLOCK:-}" = synced ] && echo synced || echo unknown)"
  } >"$work/receipt.json"
  {
    receiptType=$type.receipt+json
    printf 'DSSEv1 %d %s %d ' "${#receiptType}" "$receiptType" "$(wc -c <"$work/receipt.json")"
    cat "$work/receipt.json"
  } >"$work/receipt.pae"
  openssl pkeyutl -sign -rawin -inkey "$state/gateway.pem" -in "$work/receipt.pae" -out "$work/receipt.sig" ||
    fail "cannot sign the receipt"
  {
    printf '{\n  "payloadType": "%s",\n  "payload": "%s",\n' "$type.receipt+json" \
      "$(openssl base64 -A <"$work/receipt.json")"
    printf '  "signatures": [\n    {\n      "keyid": "%s",\n      "sig": "%s"\n    }\n  ]\n}\n' "$(gatewayKey)" \
      "$(openssl base64 -A <"$work/receipt.sig")"
  } | put "$state/receipt.dsse" || exit 3
  hand "$(intentOf receipt)"
}

# The stick may have been pulled: the receipt is kept here too.
hand() {
  { cp "$state/receipt.dsse" "$1" && flush "$1"; } 2>/dev/null || say "the receipt is in $state/receipt.dsse"
}

intent() {
  printf 'seq %s\ndigest %s\nbefore %s\nreceipt %s\nbecause %s\n' "$seq" "$digest" "$before" "$receiptPath" "$1" |
    put "$state/intent"
}

over() { drop "$state/intent" && rm -rf "$state/snapshot.json" "$state/units"; }

rollBack() {
  end=$(($(date +%s) + ${LASTMILE_HEALTH_SECONDS:-30}))
  until restore; do
    [ "$(date +%s)" -lt "$end" ] || { say "rollback failed: run recover when the gateway answers"; exit 6; }
    sleep 1
  done
  receipt rolledBack "$1"
  over
}

# recover: an intent that was not committed is undone; one that was gets its receipt.
recover() {
  [ -f "$state/intent" ] || return 0
  signIn || fail "cannot sign in to $gateway: $(cat "$work/curl")"
  if [ "$(intentOf digest)" = "$(sed -n 's/^digest //p' "$state/accepted")" ]; then
    export_ "$work/after" || fail "cannot read the configuration"
    receipt applied ""
    over
    say "applied before the power was cut"
  else
    rollBack "$(intentOf because)"
    say "rolled back after the power was cut"
  fi
}

# --- verbs ----------------------------------------------------------------------------------------------------

pair() {
  [ -f "$state/root.json" ] && { say "paired already; remove $state to pair again"; exit 2; }
  case $1 in ''|*[!A-Za-z0-9._:-]*) say "serial: letters, digits and ._:- only"; exit 2 ;; esac
  openEnvelope "$2" "$type.root+json" root &&
    [ "$(list keys "$work/root.flat" | signers root)" -ge "$(member threshold "$work/root.flat")" ] ||
    refuse trust.rootWrong
  [ -f "$state/gateway.pem" ] || openssl genpkey -algorithm ed25519 2>/dev/null | put "$state/gateway.pem" || exit 3
  [ -f "$state/seal.pem" ] || openssl genpkey -algorithm x25519 2>/dev/null | put "$state/seal.pem" || exit 3
  [ -n "$(gatewayKey)" ] && [ -n "$(sealKey)" ] || { rm -f "$state/gateway.pem" "$state/seal.pem"; fail "openssl made no key"; }
  printf '%s\n' "$1" | put "$state/serial" || exit 3
  { printf '%s\n' "$3"; escaped "$4"; } | put "$state/site" || exit 3
  printf 'seq 0\ndigest \n' | put "$state/accepted" || exit 3
  printf 'trustedAt 1970-01-01T00:00:00.000Z\n' | put "$state/trusted" || exit 3
  put "$state/root.json" <"$work/root.json"
  # The one key signs for the other, so that a person has to compare one fingerprint only.
  printf 'DSSEv1 %d %s %d %s' $((${#type} + 9)) "$type.seal-key" 44 "$(sealKey)" >"$work/sealKey"
  printf '{"serial":"%s","key":"%s","sealKey":"%s","sealProof":"%s"}\n' "$1" "$(gatewayKey)" "$(sealKey)" \
    "$(openssl pkeyutl -sign -rawin -inkey "$state/gateway.pem" -in "$work/sealKey" | openssl base64 -A)"
}

apply() {
  receiptPath=${1:-$bundle.receipt}
  recover
  verifyBundle
  if [ "$digest" = "$acceptedDigest" ]; then
    hand "$receiptPath"
    say "applied already"
    exit 0
  fi
  signIn || fail "cannot sign in to $gateway: $(cat "$work/curl")"
  awk -v is="$neuron" -v from="$(text compatible.neuron.from "$m")" -v below="$(text compatible.neuron.below "$m")" '
    function number(version,  part) { sub(/-.*/, "", version); split(version, part, "."); return part[1] * 1e10 + part[2] * 1e5 + part[3] }
    BEGIN { exit !(number(is) >= number(from) && number(is) < number(below)) }' || refuse bundle.incompatible "$neuron"
  export_ "$work/before" || fail "cannot read the configuration"
  before=$(digestOf "$work/before")
  expected=$(text expectsCurrentConfig "$m")
  [ "$expected" = any ] || [ "$expected" = "$before" ] || refuse trust.configDiffers
  # What was learned of trust stays known whatever becomes of the configuration.
  put "$state/root.json" <"$work/root.json"
  { printf 'trustedAt %s\n' "$trustedAt"; sed 's/^/revoked /' "$work/revokedNow"; } | put "$state/trusted" || exit 3
  put "$state/snapshot.json" <"$work/before"
  snapshotUnits || fail "cannot read the tags"
  intent interrupted || exit 3
  if call PUT global/config "$config"; then
    waitForHealth && printf 'seq %s\ndigest %s\n' "$seq" "$digest" | put "$state/accepted"
    done=$?
    because=gateway.unhealthy
  else
    done=1
    because=gateway.refused
    sick=import
  fi
  if [ "$done" -ne 0 ]; then
    say "not healthy: $sick"
    intent "$because"
    rollBack "$because"
    say "rolled back: $because"
    exit 5
  fi
  receipt applied ""
  over
  say "applied: bundle $seq, $digest"
}

verb=${1:-}
bundle=${2:-}
case $verb:$# in
  pair:5) lock; shift; pair "$@" ;;
  check:2) lock; verifyBundle; say "good: bundle $seq, $digest" ;;
  apply:2|apply:3) lock; apply "${3:-}" ;;
  recover:1) lock; recover ;;
  *) sed -n '5,8s/^# *//p' "$0" >&2; exit 2 ;;
esac
