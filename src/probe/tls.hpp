// probe/tls.hpp: one TLS handshake with a name of our choice, by OpenSSL; nothing is sent after it. Thread-safe.
#pragma once

#include "probe/socket.hpp"

namespace adal::probe {

// `sent`: the name in the ClientHello; `wanted`: the name the certificate is judged by. authorities: a PEM file; empty: the system's.
TlsStep shake_hands(const Connected& connected, const std::string& sent, const std::string& wanted, const std::string& authorities, std::chrono::milliseconds limit);

} // namespace adal::probe
