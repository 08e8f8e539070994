/** A certificate that tests made for themselves, valid from 2020 to 2120, for `*.example.test`, localhost and 127.0.0.1. Worth nothing to anyone. */
export const certificate = `-----BEGIN CERTIFICATE-----
MIIBnjCCAUOgAwIBAgIBATAKBggqhkjOPQQDAjAfMR0wGwYDVQQDDBR2b2RzdGF0
aW9uLWV0bCB0ZXN0czAgFw0yMDAxMDEwMDAwMDBaGA8yMTIwMDEwMTAwMDAwMFow
HzEdMBsGA1UEAwwUdm9kc3RhdGlvbi1ldGwgdGVzdHMwWTATBgcqhkjOPQIBBggq
hkjOPQMBBwNCAAQsguv30duIS+zg7yLQ9QLpoA2tMOEjO3+soo7DePZURX2IsBy3
FFeiWZY8XYR4psymgCMumZLFoZDalwommitto24wbDAqBgNVHREEIzAhgg4qLmV4
YW1wbGUudGVzdIIJbG9jYWxob3N0hwR/AAABMA8GA1UdEwEB/wQFMAMBAf8wDgYD
VR0PAQH/BAQDAgKEMB0GA1UdDgQWBBQkaUBGhSW3AGe8AghbTgsm8gs+RDAKBggq
hkjOPQQDAgNJADBGAiEAsehAg2iGxDahqup7wyxYxtNpxK9CMmx6ZMpv79MFn3MC
IQDrD7AqapnOkdDs1MSrtMMH3Pmz04Iaj02cJFoBzDMxeQ==
-----END CERTIFICATE-----
`

export const certificateKey = `-----BEGIN PRIVATE KEY-----
MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg2FhiS8MEbROp/i40
Mkq/Fhr5jT88glqSi7xNo2ow+rKhRANCAAQsguv30duIS+zg7yLQ9QLpoA2tMOEj
O3+soo7DePZURX2IsBy3FFeiWZY8XYR4psymgCMumZLFoZDalwommitt
-----END PRIVATE KEY-----
`
