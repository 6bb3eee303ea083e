/// The algebra of a filter that asks for nothing but tags: by the word, a chunk at a time, so that
/// whatever lies between stays in the nearest cache.
extension FilterScan {
  private static let chunkWords = CustomerSet.chunkWords

  /// How many of the candidates match.
  func count(among candidates: CustomerSet) -> Int {
    var count = 0
    eachChunk(among: candidates) { _, words in
      var bits = 0
      for word in words { bits &+= word.nonzeroBitCount }
      count += bits
    }
    return count
  }

  /// Those of the candidates who match.
  func combined(with candidates: CustomerSet) -> CustomerSet {
    var chunks = [[UInt64]](repeating: [], count: candidates.chunkCount)
    var count = 0
    eachChunk(among: candidates) { index, words in
      var bits = 0
      for word in words { bits &+= word.nonzeroBitCount }
      if bits > 0 { chunks[index] = Array(words) }
      count += bits
    }
    return CustomerSet(chunks: chunks, count: count)
  }

  private func eachChunk(
    among candidates: CustomerSet, _ body: (Int, UnsafeMutableBufferPointer<UInt64>) -> Void
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: Self.chunkWords) { words in
      for index in 0..<candidates.chunkCount {
        let among = candidates.words(ofChunk: index)
        if among.isEmpty { continue }
        among.withUnsafeBufferPointer { _ = words.update(from: $0) }
        narrow(words, chunk: index, negated: false)
        body(index, words)
      }
    }
  }

  /// Takes those out of the words who do not match, or who do where it is negated.
  private func narrow(
    _ words: UnsafeMutableBufferPointer<UInt64>, chunk: Int, negated: Bool
  ) {
    switch self {
    case .set(let set):
      let members = set.words(ofChunk: chunk)
      if members.isEmpty {
        if !negated { words.update(repeating: 0) }
        return
      }
      members.withUnsafeBufferPointer { members in
        if negated {
          for index in 0..<Self.chunkWords { words[index] &= ~members[index] }
        } else {
          for index in 0..<Self.chunkWords { words[index] &= members[index] }
        }
      }
    case .not(let part): part.narrow(words, chunk: chunk, negated: !negated)
    case .all(let parts) where !negated:
      for part in parts { part.narrow(words, chunk: chunk, negated: false) }
    case .any(let parts) where negated:
      for part in parts { part.narrow(words, chunk: chunk, negated: true) }
    case .all(let parts), .any(let parts):
      // Not all of them, or any of them: whoever is left by one of the parts.
      unite(parts, words, chunk: chunk, negated: negated)
    case .leaf: words.update(repeating: 0)
    }
  }

  private func unite(
    _ parts: [FilterScan], _ words: UnsafeMutableBufferPointer<UInt64>, chunk: Int, negated: Bool
  ) {
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: 2 * Self.chunkWords) { space in
      let found = UnsafeMutableBufferPointer(rebasing: space[..<Self.chunkWords])
      let one = UnsafeMutableBufferPointer(rebasing: space[Self.chunkWords...])
      found.update(repeating: 0)
      for part in parts {
        _ = one.update(from: words)
        part.narrow(one, chunk: chunk, negated: negated)
        for index in 0..<Self.chunkWords { found[index] |= one[index] }
      }
      _ = words.update(from: found)
    }
  }
}
