import Glibc

/// A file read in pieces.
package struct FileReader: ~Copyable {
  private let path: String
  private let descriptor: Int32
  private let owned: Bool
  /// In bytes; nil for what has no size beforehand, such as a pipe.
  let size: Int64?

  init(path: String) throws(ClientError) {
    let owned = path != "-"
    let descriptor = owned ? open(path, O_RDONLY | O_CLOEXEC) : STDIN_FILENO
    guard descriptor >= 0 else {
      throw .fileUnreadable(path, errno)
    }
    var status = stat()
    _ = fstat(descriptor, &status)
    // Said here, since a daemon that has been promised a file should get one.
    guard status.st_mode & S_IFMT != S_IFDIR else {
      if owned { close(descriptor) }
      throw .fileUnreadable(path, EISDIR)
    }
    self.path = path
    self.descriptor = descriptor
    self.owned = owned
    // Standard input may have been read from already; only its end is certain.
    size = owned && status.st_mode & S_IFMT == S_IFREG ? Int64(status.st_size) : nil
  }

  deinit {
    if owned { close(descriptor) }
  }

  /// Returns all of a small file; `-` is standard input.
  ///
  /// Throws `fileUnreadable` for one of more than `limit` bytes.
  package static func contents(
    of path: String, upTo limit: Int = 1 << 20
  ) throws(ClientError) -> [UInt8] {
    let reader = try FileReader(path: path)
    var bytes: [UInt8] = []
    while let piece = try reader.next() {
      bytes += piece
      guard bytes.count <= limit else { throw .fileUnreadable(path, EFBIG) }
    }
    return bytes
  }

  /// Returns the next piece, or nil at the end.
  func next(upTo limit: Int = 65_536) throws(ClientError) -> [UInt8]? {
    var failure: Int32 = 0
    let piece = [UInt8](unsafeUninitializedCapacity: limit) { buffer, count in
      var length = read(descriptor, buffer.baseAddress, limit)
      while length < 0 && errno == EINTR {
        length = read(descriptor, buffer.baseAddress, limit)
      }
      failure = length < 0 ? errno : 0
      count = max(length, 0)
    }
    guard failure == 0 else {
      throw .fileUnreadable(path, failure)
    }
    return piece.isEmpty ? nil : piece
  }
}

/// The size of a file before it is sent; nil for standard input and for what is not a file.
package func fileSize(_ path: String) throws(ClientError) -> Int64? {
  try FileReader(path: path).size
}

/// The whole of a small file; `-` stands for standard input.
package func readFile(_ path: String) throws(ClientError) -> [UInt8] {
  let file = try FileReader(path: path)
  var bytes: [UInt8] = []
  while let piece = try file.next() { bytes += piece }
  return bytes
}
