"""What the generated code does otherwise than its generator would have it.

An older client meets a newer server: values that an enumeration gained and kinds of
entity that the schema gained arrive as text, where the generator's own classes would
refuse the whole answer. What cannot be read all the same is told in one line.
"""

import ast

from ariadne_codegen.plugins.base import Plugin
from graphql import ExecutableDefinitionNode, FieldNode, GraphQLEnumType, OperationDefinitionNode


class NewerServers(Plugin):
    """Lets enumerations and __typename be open."""

    def generate_enum(self, class_def: ast.ClassDef, enum_type: GraphQLEnumType) -> ast.ClassDef:
        class_def.bases = [ast.Name(id="OpenEnum", ctx=ast.Load())]
        return class_def

    def generate_enums_module(self, module: ast.Module) -> ast.Module:
        module.body = [node for node in module.body if not isinstance(node, ast.ImportFrom)]
        module.body.insert(0, ast.ImportFrom(module="open_enum", names=[ast.alias("OpenEnum")], level=1))
        return module

    def generate_result_field(
        self, field_implementation: ast.AnnAssign, operation_definition: ExecutableDefinitionNode, field: FieldNode
    ) -> ast.AnnAssign:
        if field.name.value == "__typename":
            field_implementation.annotation = ast.Name(id="str", ctx=ast.Load())
        return field_implementation

    def generate_client_method(
        self, method_def: ast.FunctionDef | ast.AsyncFunctionDef, operation_definition: OperationDefinitionNode
    ) -> ast.FunctionDef | ast.AsyncFunctionDef:
        """An answer that does not fit is told by the base client: the method ends with self.read(Model, data)."""
        last = method_def.body[-1]
        assert isinstance(last, ast.Return)
        assert isinstance(last.value, ast.Call)
        assert isinstance(last.value.func, ast.Attribute)
        model = last.value.func.value
        read = ast.Attribute(value=ast.Name(id="self", ctx=ast.Load()), attr="read", ctx=ast.Load())
        last.value = ast.Call(func=read, args=[model, *last.value.args], keywords=[])
        return method_def
