import Domain
import Testing

@Suite struct StarterSetTests {
  @Test(arguments: StarterSet.allCases)
  func `a starter set has twenty tags with fitting, different names`(set: StarterSet) throws {
    let tags = set.tags
    #expect(tags.count == 20)
    #expect(Set(try tags.map { try TagName($0.name).key }).count == tags.count)
    for tag in tags {
      #expect(try TagName(tag.name).text == tag.name)
      #expect(try !TagName(tag.name).warnings.contains(.tooGeneral))
      #expect(tag.criterion?.isEmpty == false && tag.followUp?.isEmpty == false)
    }
  }

  @Test func `the languages agree on colours and sets`() {
    let shapes = StarterSet.allCases.map { set in
      set.tags.map { tag in
        "\(tag.color) \(tag.set.map { $0 == "VIP" ? $0 : "complaint" } ?? "")"
      }
    }
    #expect(Set(shapes).count == 1)
  }

  @Test func `payment is red and what is done is green`() throws {
    let tags = Dictionary(uniqueKeysWithValues: StarterSet.pt.tags.map { ($0.name, $0) })
    #expect(tags["Pagamento pendente"]?.color.hex == "#f74848")
    #expect(tags["Status-Entregue"]?.color.hex == "#83e422")
    #expect(tags["Reclamação-Aberta"]?.set == tags["Reclamação-Resolvida"]?.set)
  }
}
