/// A caller's own name for a request, so that a request that is sent again is not carried out again.
///
/// Digests only: what a caller has chosen as a key, and what they asked for, is nobody's business.
package struct RequestKey: Hashable, Sendable {
  /// Stands for who calls together with the key they chose; 16 bytes.
  package let digest: [UInt8]
  /// Stands for everything that was asked; 16 bytes.
  package let request: [UInt8]

  package init(digest: [UInt8], request: [UInt8]) {
    self.digest = digest
    self.request = request
  }
}
