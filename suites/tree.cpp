#include "suites/tree.h"

#include <algorithm>
#include <utility>

#include "simulator/text/json_text.h"
#include "simulator/text/yaml_json.h"

namespace proviso::suites {
namespace {

constexpr int deepest = 32;

class TreeReader {
  public:
    TreeReader(simulator::YamlReader& yaml, std::size_t& budget) : yaml_(yaml), budget_(budget) {}

    std::optional<Tree> read(const YAML::Node& node) {
        const std::size_t errors = yaml_.errors();
        Tree tree = value(node, deepest);
        if (yaml_.errors() > errors) return std::nullopt;
        return tree;
    }

  private:
    Tree value(const YAML::Node& node, int depth) {
        Tree tree;
        tree.mark = mark_of(node);
        if (full_) return tree;
        if (depth == 0 || budget_ == 0) {
            yaml_.report(node.Mark(), depth == 0 ? "this is nested too deep" : "this is too much",
                         depth == 0 ? "a call has at most 32 lists and maps within each other"
                                    : "split the suite into several files");
            full_ = true;
            return tree;
        }
        --budget_;
        if (node.IsSequence()) {
            tree.kind = Tree::Kind::list;
            for (const YAML::Node& one : node) tree.items.push_back(value(one, depth - 1));
        } else if (node.IsMap()) {
            tree.kind = Tree::Kind::map;
            yaml_.entries(node, "this", [&](const YAML::Node& key, const YAML::Node& one) {
                tree.entries.push_back({key.Scalar(), value(one, depth - 1), mark_of(key)});
            });
        } else {
            tree.scalar = simulator::json_of(node).value_or("null");
        }
        return tree;
    }

    simulator::YamlReader& yaml_;
    std::size_t& budget_;
    bool full_ = false;
};

std::vector<Tree::Entry>::iterator entry_of(Tree& tree, std::string_view key) {
    return std::find_if(tree.entries.begin(), tree.entries.end(),
                        [&](const Tree::Entry& entry) { return entry.key == key; });
}

const Tree* child(const Tree& tree, std::string_view key) {
    for (const Tree::Entry& entry : tree.entries) {
        if (entry.key == key) return &entry.value;
    }
    return nullptr;
}

void become_map(Tree& tree) {
    if (tree.kind == Tree::Kind::map) return;
    tree.kind = Tree::Kind::map;
    tree.items.clear();
}

void set(Tree& into, const std::string& key, const Tree& value, const Mark& mark) {
    become_map(into);
    const auto at = entry_of(into, key);
    if (value.is_null()) {
        if (at != into.entries.end()) into.entries.erase(at);
        return;
    }
    Tree& place = at != into.entries.end()
                      ? at->value
                      : into.entries.emplace_back(Tree::Entry{key, {}, mark}).value;
    lay_over(place, value);
}

void write(const Tree& tree, std::string& out);

template <typename Items, typename Each>
void write_items(const Items& items, char open, char close, std::string& out, const Each& each) {
    out += open;
    for (const auto& one : items) {
        if (&one != &items.front()) out += ", ";
        each(one);
    }
    out += close;
}

void write(const Tree& tree, std::string& out) {
    switch (tree.kind) {
        case Tree::Kind::scalar: out += tree.scalar; return;
        case Tree::Kind::list:
            write_items(tree.items, '[', ']', out, [&](const Tree& one) { write(one, out); });
            return;
        case Tree::Kind::map:
            write_items(tree.entries, '{', '}', out, [&](const Tree::Entry& one) {
                simulator::append_json_string(out, one.key);
                out += ": ";
                write(one.value, out);
            });
            return;
    }
}

}  // namespace

Mark mark_of(const YAML::Node& node) {
    return {node.Mark().line + 1, node.Mark().column + 1};
}

Tree text_tree(std::string_view text) {
    Tree tree;
    tree.scalar.clear();
    simulator::append_json_string(tree.scalar, text);
    return tree;
}

std::optional<Tree> read_tree(simulator::YamlReader& yaml, const YAML::Node& node,
                              std::size_t& budget) {
    return TreeReader(yaml, budget).read(node);
}

void lay_over(Tree& into, const Tree& over) {
    into.mark = over.mark;
    if (over.kind != Tree::Kind::map) {
        into = over;
        return;
    }
    if (into.kind != Tree::Kind::map) into.entries.clear();
    become_map(into);
    for (const Tree::Entry& entry : over.entries) set(into, entry.key, entry.value, entry.mark);
}

const Tree* find(const Tree& tree, const std::vector<std::string>& keys) {
    const Tree* at = &tree;
    for (const std::string& key : keys) {
        at = child(*at, key);
        if (at == nullptr) return nullptr;
    }
    return at;
}

void put(Tree& into, const std::vector<std::string>& keys, const Tree& value) {
    Tree* at = &into;
    for (std::size_t i = 0; i + 1 < keys.size(); ++i) {
        const auto entry = entry_of(*at, keys[i]);
        if (entry == at->entries.end() && value.is_null()) return;
        become_map(*at);
        at = entry != at->entries.end()
                 ? &entry->value
                 : &at->entries.emplace_back(Tree::Entry{keys[i], {}, value.mark}).value;
    }
    if (!keys.empty()) set(*at, keys.back(), value, value.mark);
}

std::vector<std::string> keys_of(const Tree& tree, std::string_view path) {
    std::vector<std::string> keys;
    const Tree* at = &tree;
    while (!path.empty()) {
        std::size_t end = path.size();
        while (end != std::string_view::npos &&
               (at == nullptr || child(*at, path.substr(0, end)) == nullptr)) {
            end = end == 0 ? std::string_view::npos : path.rfind('.', end - 1);
        }
        if (end == std::string_view::npos) end = std::min(path.find('.'), path.size());
        keys.emplace_back(path.substr(0, end));
        if (at != nullptr) at = child(*at, keys.back());
        path.remove_prefix(std::min(end + 1, path.size()));
    }
    return keys;
}

std::string to_json(const Tree& tree) {
    std::string text;
    write(tree, text);
    return text;
}

}  // namespace proviso::suites
