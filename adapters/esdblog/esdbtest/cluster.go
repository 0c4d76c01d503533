package esdbtest

import (
	"context"
	"net"
	"strconv"
	"strings"
	"sync"

	"github.com/EventStore/EventStore-Client-Go/v4/protos/gossip"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/serverfeatures"
	"github.com/EventStore/EventStore-Client-Go/v4/protos/shared"
)

// Cluster is several nodes on one store, one of which leads. Followers refuse what requires the leader, and serve
// everything else.
type Cluster struct {
	Nodes []*Node

	mu     sync.Mutex
	leader *Node
}

// StartCluster starts nodes; the first one leads.
func StartCluster(store *Store, options Options, nodes int) (*Cluster, error) {
	c := &Cluster{}
	for range nodes {
		n := &Node{store: store, options: options, cluster: c}
		if err := n.listen("127.0.0.1:0"); err != nil {
			c.Stop()
			return nil, err
		}
		c.Nodes = append(c.Nodes, n)
	}
	c.leader = c.Nodes[0]
	return c, nil
}

// Leader returns the node that leads, nil while there is none.
func (c *Cluster) Leader() *Node {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.leader
}

// Elect makes a node the leader; nil for a time without one.
func (c *Cluster) Elect(n *Node) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.leader = n
}

// Stop ends all nodes.
func (c *Cluster) Stop() {
	for _, n := range c.Nodes {
		n.Stop()
	}
}

// URL is the connection string, with all nodes as gossip seeds.
func (c *Cluster) URL() string {
	var seeds []string
	for _, n := range c.Nodes {
		seeds = append(seeds, n.Address())
	}
	return "esdb://" + strings.Join(seeds, ",") + "?tls=false"
}

type gossipServer struct {
	gossip.UnimplementedGossipServer
	node *Node
}

// Read tells who is there and who leads [proto: gossip.proto].
func (g *gossipServer) Read(context.Context, *shared.Empty) (*gossip.ClusterInfo, error) {
	nodes, leader := []*Node{g.node}, g.node
	if c := g.node.cluster; c != nil {
		nodes, leader = c.Nodes, c.Leader()
	}
	info := &gossip.ClusterInfo{}
	for _, n := range nodes {
		host, port, err := net.SplitHostPort(n.Address())
		if err != nil {
			return nil, err
		}
		p, err := strconv.ParseUint(port, 10, 32)
		if err != nil {
			return nil, err
		}
		m := &gossip.MemberInfo{State: gossip.MemberInfo_Follower, IsAlive: true,
			HttpEndPoint: &gossip.EndPoint{Address: host, Port: uint32(p)}}
		if n == leader {
			m.State = gossip.MemberInfo_Leader
		}
		info.Members = append(info.Members, m)
	}
	return info, nil
}

type featuresServer struct {
	serverfeatures.UnimplementedServerFeaturesServer
	node *Node
}

// GetSupportedMethods tells the server's version, by which a client knows what it can ask for [proto: serverfeatures.proto].
func (f *featuresServer) GetSupportedMethods(context.Context, *shared.Empty) (*serverfeatures.SupportedMethods, error) {
	text, _, _ := f.node.version()
	m := &serverfeatures.SupportedMethods{EventStoreServerVersion: text}
	for _, name := range []string{"read", "append", "delete", "tombstone", "batchappend"} {
		m.Methods = append(m.Methods, &serverfeatures.SupportedMethod{ServiceName: "event_store.client.streams.streams", MethodName: name})
	}
	return m, nil
}
