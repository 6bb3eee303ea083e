/// What is doubtful about a name, though allowed; the operator may overrule it (N3).
///
/// The raw values are formats: clients match on them.
package enum NameWarning: String, CaseIterable, Hashable, Sendable {
  /// It is not of the form `Category-Attribute`.
  case noCategory = "no_category"
  /// It says nothing: "Cliente".
  case tooGeneral = "too_general"
}

extension TagName {
  package var warnings: [NameWarning] {
    var warnings: [NameWarning] = []
    if category == nil { warnings.append(.noCategory) }
    if Self.generalWords.contains(key.text) { warnings.append(.tooGeneral) }
    return warnings
  }

  /// Words that fit every customer or none in particular, folded, in the guide's languages and English.
  private static let generalWords: Set<String> = [
    // Portuguese
    "cliente", "clientes", "contato", "contatos", "contacto", "pessoa", "pessoas", "usuario",
    "comprador", "consumidor", "lead", "leads", "produto", "produtos", "pedido", "pedidos",
    "venda", "vendas", "importante", "bom", "boa", "normal", "geral", "diverso", "diversos",
    "outro", "outros", "outra", "outras", "teste", "novo", "nova", "etiqueta", "tag", "marcador",
    "grupo", "lista", "todos", "interessado", "pendente", "status", "origem", "categoria",
    // French
    "client", "clients", "contact", "contacts", "personne", "personnes",
    "utilisateur", "acheteur", "consommateur", "prospect", "prospects", "produit", "produits",
    "commande", "commandes", "vente", "ventes", "important", "bon", "bonne", "general", "divers",
    "autre", "autres", "essai", "test", "nouveau", "nouvelle", "etiquette", "groupe", "liste",
    "tous", "toutes", "interesse", "en attente", "statut", "origine", "categorie",
    // English
    "customer", "customers", "person", "people", "user", "users", "buyer", "consumer", "product",
    "products", "order", "orders", "sale", "sales", "good", "misc", "miscellaneous", "other",
    "others", "new", "label", "group", "list", "all", "everyone", "interested", "pending",
    "origin", "category",
  ]
}
