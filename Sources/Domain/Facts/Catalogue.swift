import HashTreeCollections

/// Names that facts use again and again, each kept once: "Sapatos" and "sapatos" are one.
///
/// A name is shown as it was written first. Index 0 stands for none.
package struct Catalogue: Sendable, Hashable {
  private var names = Column<Name>()
  private var indices: TreeDictionary<NameKey, Int32> = [:]
  /// Every way in which a name has been written, so that folding is done once for each.
  private var spellings: TreeDictionary<String, Int32> = [:]

  private struct Name: Hashable, Sendable {
    let text: String
    let key: NameKey
  }

  package init() {}

  /// How many names there are; they have the indices from 1 to this.
  package var count: Int { names.count }

  /// The name at an index, as it was written first; nil for 0.
  package subscript(_ index: Int32) -> String? {
    index > 0 && index <= names.count ? names[Int(index) - 1].text : nil
  }

  /// The name at an index, folded.
  package func key(_ index: Int32) -> NameKey? {
    index > 0 && index <= names.count ? names[Int(index) - 1].key : nil
  }

  /// The index of a name, without regard to case, accents and spaces; nil where no fact has named it.
  package func index(named name: String) -> Int32? {
    spellings[name] ?? indices[NameKey(name)]
  }

  package func index(_ key: NameKey) -> Int32? { indices[key] }

  mutating func intern(_ name: String?) -> Int32 {
    guard let name, !name.isEmpty else { return 0 }
    if let known = spellings[name] { return known }
    let key = NameKey(name)
    guard !key.text.isEmpty else { return 0 }
    if let known = indices[key] {
      spellings[name] = known
      return known
    }
    names.append(Name(text: name, key: key))
    let index = Int32(names.count)
    indices[key] = index
    spellings[name] = index
    return index
  }
}
