#!/usr/bin/env bash
# Waits until the server answers, then says where it is and what to type.
address=${1:?}
for _ in $(seq 1 100); do
  if curl -fsS "$address/readyz" >/dev/null 2>&1; then
    cat <<END

  Nirin is running.

    Guide             $address/
    First sign-in     $address/enrol
    Mailbox           $address/rehearsal/mailbox    (every mail arrives here)
    Clock             $address/rehearsal/clock      (turn it forward)

    A demo customer   number  NR10000001
                      kana    ニリン　タロウ
                      phone   090-0000-0001

  More customers: docs/contracts.md.  Ctrl-C stops it.

END
    exit 0
  fi
  sleep 0.2
done
echo "  The server does not answer; see $2" >&2
